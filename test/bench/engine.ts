import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Composer } from '../../src/delivery/composer.js';
import { deliver } from '../../src/delivery/deliver.js';
import type { Plan } from '../../src/delivery/plan.js';
import { makePlan } from '../../src/delivery/plan-request.js';
import type { RunSummary } from '../../src/delivery/records.js';
import type { Clock, Outcome, Transport } from '../../src/ports.js';
import type { BenchLine } from './bench-line.js';
import { type Costs, measureRounds, medianCost, medianRatio } from './rounds.js';

const FEW = 10_000;
const MANY = 1_000_000;
const ROUNDS = 3;
/** A run of few is over in milliseconds: it is measured this many times over. */
const REPEATS = 20;
const COST_BOUND = 1.5;
const MEMORY_BOUND = 1.2;

/** What a run is measured with: a receiver, and a plan that makes about that many attempts of it. */
interface Scenario {
  readonly name: string;
  readonly answer: Outcome;
  readonly planFor: (attempts: number) => Plan;
}

const EVENTS_OF_A_PAYMENT = 3;
const ok: Outcome = { kind: 'responded', status: 200, ms: 1 };
const refused: Outcome = { kind: 'responded', status: 500, ms: 1 };

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'all delivered',
    answer: ok,
    planFor: (attempts) => payments(attempts / EVENTS_OF_A_PAYMENT),
  },
  {
    name: 'all refused',
    answer: refused,
    planFor: (attempts) => payments(attempts / EVENTS_OF_A_PAYMENT / 11),
  },
  {
    name: 'chaos',
    answer: ok,
    planFor: (attempts) => payments(attempts / EVENTS_OF_A_PAYMENT / 1.5, { chaos: true }),
  },
];

const clock: Clock = { now: () => 0, monotonic: () => 0, sleep: () => Promise.resolve() };
/** Composing and signing would hide what the engine costs. */
const composer: Composer = {
  compose: () => ({ headers: [], body: new Uint8Array() }),
  label: () => ({ event: 'payment.new', resource: 'PMT-1' }),
};

/** What the engine alone costs for each attempt, and keeps in memory, in runs of few and of many. */
export async function engineBench(): Promise<readonly BenchLine[]> {
  const lines: BenchLine[] = [];
  for (const scenario of SCENARIOS) lines.push(await costLine(scenario));
  return [...lines, await memoryLine()];
}

async function costLine(scenario: Scenario): Promise<BenchLine> {
  await microseconds(scenario, FEW, REPEATS);
  const costs = await measureRounds(ROUNDS, {
    few: () => microseconds(scenario, FEW, REPEATS),
    many: () => microseconds(scenario, MANY, 1),
  });
  return {
    name: `engine: cost of an attempt, ${scenario.name}`,
    ratio: medianRatio(costs, 'many', 'few'),
    bound: COST_BOUND,
    note: `10^6 attempts ${shown(costs, 'many')} each, 10^4 ${shown(costs, 'few')}`,
  };
}

function shown(costs: Costs, name: string): string {
  return `${medianCost(costs, name).toFixed(2)} µs`;
}

/** Processor time of one attempt, planning and collecting garbage included. */
async function microseconds(scenario: Scenario, attempts: number, times: number): Promise<number> {
  collectGarbage();
  let sent = 0;
  const before = process.cpuUsage();
  for (let time = 0; time < times; time += 1) {
    const summary = await run(scenario, attempts);
    sent += summary.attempts.sent;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / sent;
}

/** Live memory near the end of a long run against its beginning, when records are only folded. */
async function memoryLine(): Promise<BenchLine> {
  const [scenario] = SCENARIOS;
  if (scenario === undefined) throw new Error('nothing to measure');
  const bytes: number[] = [];
  await run(scenario, MANY, (records) => {
    if (records % (MANY / 10) === MANY / 20) bytes.push(liveBytes());
  });
  const [first = Number.NaN] = bytes;
  const last = bytes.at(-1) ?? Number.NaN;
  return {
    name: 'engine: live memory, end against start',
    ratio: last / first,
    bound: MEMORY_BOUND,
    note: `${megabytes(first)} after 5 %, ${megabytes(last)} after 95 % of 10^6 attempts`,
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}

async function run(
  { answer, planFor }: Scenario,
  attempts: number,
  onRecord: (count: number) => void = () => undefined,
): Promise<RunSummary> {
  const transport: Transport = {
    send: () => Promise.resolve(answer),
    close: () => Promise.resolve(),
  };
  const options = { concurrency: 16, pace: { kind: 'stepping' } } as const;
  const records = deliver(planFor(attempts), { transport, clock, composer }, options);
  let count = 0;
  for (let step = await records.next(); ; step = await records.next()) {
    if (step.done === true) return step.value;
    count += 1;
    onRecord(count);
  }
}

function payments(resources: number, request: { readonly chaos?: boolean } = {}): Plan {
  const lives = [{ kind: 'payment', statuses: ['new', 'pending', 'success'] }];
  return makePlan({ ...request, lives, resources: Math.round(resources) });
}

function liveBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
