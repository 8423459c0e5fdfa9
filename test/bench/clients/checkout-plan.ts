import { packagedSamples } from '../../../src/adapters/sample-files.js';
import { type Composer, createComposer } from '../../../src/delivery/composer.js';
import { indexEvents } from '../../../src/delivery/event-index.js';
import type { Plan } from '../../../src/delivery/plan.js';
import { makePlan } from '../../../src/delivery/plan-request.js';
import { readSamples } from '../../../src/delivery/read-samples.js';
import type { Header } from '../../../src/ports.js';
import { createSigner } from '../../../src/webhook/digest.js';
import { parseLifecycle } from '../../../src/webhook/kinds/lifecycle.js';
import { Secret } from '../../../src/webhook/secret.js';

export const SECRET = 'secret_value';

export const HEADERS: readonly Header[] = [
  ['Content-Type', 'application/json'],
  ['User-Agent', 'bench'],
];

/** Checkouts that live to their success, and what composes their web hooks. */
export async function checkouts(
  resources: number,
): Promise<{ readonly plan: Plan; readonly composer: Composer }> {
  const { kind, events } = parseLifecycle('checkout');
  const statuses = events.map(({ status }) => status.name);
  const plan = makePlan({ lives: [{ kind: kind.kind, statuses }], resources });
  const samples = await readSamples(plan, packagedSamples);
  const signer = createSigner(Secret.fromText(SECRET));
  return { plan, composer: createComposer(plan, samples, { headers: HEADERS, signer }) };
}

/** The bodies of one checkout's life, cut where its id is. */
export async function bodiesAroundTheirId(): Promise<readonly (readonly string[])[]> {
  const { plan, composer } = await checkouts(1);
  const index = indexEvents(plan);
  return plan.batches.flatMap(({ events }) =>
    events.map((_, number) => {
      const located = index.locate(number);
      const body = Buffer.from(composer.compose(located).body).toString();
      return body.split(composer.label(located).resource);
    }),
  );
}
