import { setMaxListeners } from 'node:events';
import { packagedSamples } from '../../src/adapters/sample-files.js';
import { check } from '../../src/conformance/check.js';
import type { Exchange } from '../../src/conformance/lab/exchange.js';
import type { CheckSummary } from '../../src/conformance/records.js';
import type { Rule, RuleResult } from '../../src/conformance/rule.js';
import { RULES } from '../../src/conformance/rules/registry.js';
import { readAllSamples } from '../../src/delivery/read-samples.js';
import { findKind } from '../../src/webhook/catalogue.js';
import { Secret } from '../../src/webhook/secret.js';
import { SimulatedClock } from '../simulated-clock.js';
import { type Aid, NO_AIDS, simulatedApi } from './aids.js';
import type { Model } from './model.js';
import { runModel } from './receiver.js';

const SECRET = 'a secret of the proving ground';
const samples = readAllSamples(packagedSamples);
const RUNS = 40;

/** What check says of a model, and how long it took in the model's time. */
export interface Judged {
  readonly results: readonly RuleResult[];
  readonly summary: CheckSummary;
  readonly virtualMs: number;
}

/** How long a receiver has to ask for what was lost, where there is an API. */
const HEAL_WITHIN_MS = 10_000;

export interface JudgeOptions {
  /** What the receiver is judged with beside its state. */
  readonly aids?: ReadonlySet<Aid>;
  /** All rules, unless it is about some. */
  readonly rules?: readonly Rule[];
  /** The kinds that are named; none is unless it says so. */
  readonly kinds?: readonly string[];
}

/** A check in simulated time. The same seed gives the same verdict. */
export async function judge(
  model: Model,
  seed: string,
  { aids = NO_AIDS, rules = RULES, kinds = [] }: JudgeOptions = {},
): Promise<Judged> {
  const clock = new SimulatedClock();
  const end = new AbortController();
  const { signal } = end;
  setMaxListeners(0, signal);
  const api = aids.has('api') ? simulatedApi(clock) : undefined;
  const { transport, probe, fault, prepare } = runModel(model, {
    secret: SECRET,
    clock,
    api,
    signal,
  });
  const run = check(
    {
      seed,
      kinds: kinds.flatMap((kind) => findKind(kind) ?? []),
      rules,
      runs: RUNS,
      budgetMs: undefined,
      lingerMs: 5_000,
      healWithinMs: api === undefined ? 0 : HEAL_WITHIN_MS,
      timeoutMs: 10_000,
      ignore: [],
      only: [],
      blackBox: false,
      courier: {
        samples: await samples,
        secret: Secret.fromText(SECRET),
        headers: [['Content-Type', 'application/json']],
        salt: seed,
      },
    },
    {
      transport,
      clock,
      probe,
      signal,
      hooks: { fault: aids.has('fault') ? fault : undefined, truth: api?.truth },
      prepare: aids.has('prepare')
        ? async (subject) => {
            await prepare(subject.probe);
            return {};
          }
        : undefined,
      reset: undefined,
    },
  );
  const results: RuleResult[] = [];
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done === true) {
      end.abort();
      return { results, summary: step.value, virtualMs: clock.monotonic() };
    }
    if (step.value.kind !== 'result') continue;
    results.push(step.value);
    refuseLostAnswers(step.value);
  }
}

/** A report shows each delivery with its answers: an exchange that is of none of them would not be seen. */
function refuseLostAnswers({ rule, verdict }: RuleResult): void {
  if (verdict.status !== 'fail' || verdict.story === undefined) return;
  const { script, exchanges } = verdict.story;
  const isSeen = ({ step, delivery }: Exchange) =>
    script.steps[step]?.deliveries.includes(delivery) === true;
  const lost = exchanges.filter((exchange) => !isSeen(exchange));
  if (lost.length > 0) throw new Error(`The story of ${rule.id} does not show all its answers.`);
}
