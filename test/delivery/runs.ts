import { type Composer, createComposer, eventsOfPlan } from '../../src/delivery/composer.js';
import { deliver } from '../../src/delivery/deliver.js';
import type { Plan } from '../../src/delivery/plan.js';
import type { AttemptRecord, RunRecord, RunSummary } from '../../src/delivery/records.js';
import type { DeliveryOptions } from '../../src/delivery/run-options.js';
import type { Clock, Transport } from '../../src/ports.js';
import { createSigner } from '../../src/webhook/digest.js';
import { Secret } from '../../src/webhook/secret.js';
import { SimulatedClock } from '../simulated-clock.js';
import { sampleText } from '../webhook/sample-files.js';

export interface Run {
  readonly records: readonly RunRecord[];
  readonly attempts: readonly AttemptRecord[];
  readonly summary: RunSummary;
}

export interface RunOptions extends Partial<DeliveryOptions> {
  readonly clock?: Clock;
}

/** The requests of a plan, signed, from the sample events. */
export function composerOf(plan: Plan): Composer {
  const samples = new Map(eventsOfPlan(plan).map(({ text }) => [text, sampleText(text)]));
  return createComposer(plan, samples, {
    headers: [['Content-Type', 'application/json']],
    signer: createSigner(Secret.fromText('whsec_test')),
  });
}

/** Starts a run: stepping, sixteen at a time, unless said otherwise. */
export function start(plan: Plan, transport: Transport, options: RunOptions = {}) {
  const { clock = new SimulatedClock(), ...rest } = options;
  const ports = { transport, clock, composer: composerOf(plan) };
  return deliver(plan, ports, { concurrency: 16, pace: { kind: 'stepping' }, ...rest });
}

/** Carries a plan out to the end. */
export async function runOf(
  plan: Plan,
  transport: Transport,
  options: RunOptions = {},
): Promise<Run> {
  const run = start(plan, transport, options);
  const records: RunRecord[] = [];
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done === true) return { records, attempts: attemptsOf(records), summary: step.value };
    records.push(step.value);
  }
}

export function attemptsOf(records: readonly RunRecord[]): readonly AttemptRecord[] {
  return records.filter((record) => record.kind === 'attempt');
}

/** The attempts of each event, duplicates included, in the order of the records. */
export function byEvent(attempts: readonly AttemptRecord[]): readonly (readonly AttemptRecord[])[] {
  const groups = new Map<string, AttemptRecord[]>();
  for (const attempt of attempts) {
    const key = `${attempt.resource} ${attempt.event}`;
    groups.set(key, [...(groups.get(key) ?? []), attempt]);
  }
  return [...groups.values()];
}
