import { setMaxListeners } from 'node:events';
import { packagedSamples } from '../../src/adapters/sample-files.js';
import { check } from '../../src/conformance/check.js';
import type { CheckSummary } from '../../src/conformance/records.js';
import type { RuleResult } from '../../src/conformance/rule.js';
import { RULES } from '../../src/conformance/rules/registry.js';
import { readAllSamples } from '../../src/delivery/read-samples.js';
import { Secret } from '../../src/webhook/secret.js';
import { SimulatedClock } from '../simulated-clock.js';
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

/** A whole check in simulated time. The same seed gives the same verdict. */
export async function judge(model: Model, seed: string): Promise<Judged> {
  const clock = new SimulatedClock();
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const { transport, probe } = runModel(model, SECRET, clock);
  const run = check(
    {
      seed,
      kinds: [],
      rules: RULES,
      runs: RUNS,
      budgetMs: undefined,
      lingerMs: 5_000,
      healWithinMs: 0,
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
      hooks: { fault: undefined, truth: undefined },
      prepare: undefined,
      reset: undefined,
    },
  );
  const results: RuleResult[] = [];
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done === true) {
      return { results, summary: step.value, virtualMs: clock.monotonic() };
    }
    if (step.value.kind === 'result') results.push(step.value);
  }
}
