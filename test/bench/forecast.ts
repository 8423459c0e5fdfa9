import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ASSUMED_BASE_MS, ASSUMED_FACTOR, waitsOf } from '../../src/delivery/schedule.js';
import { rateOf } from '../../src/forecast/arrival-rate.js';
import { constantArrivals } from '../../src/forecast/arrival-times.js';
import { type SimulatedOutage, WaveSimulation } from '../../src/forecast/wave-simulation.js';
import { INQUD_RETRIES, INQUD_TIMEOUT_MS } from '../../src/webhook/scheme.js';
import type { BenchLine } from './bench-line.js';
import { type HeapCounts, simulateWithHeap } from './clients/heap-simulation.js';
import { processMs } from './process-time.js';
import { type Costs, measureRounds, medianCost, medianRatio } from './rounds.js';

const BIN = fileURLToPath(new URL('../../bin/inqud-hook.js', import.meta.url));
const PEAK_MEMORY = fileURLToPath(new URL('./clients/peak-memory.cjs', import.meta.url));
const ROUNDS = 5;
const HOUR_MS = 3_600_000;
/** At least one and a half times as fast. */
const HEAP_BOUND = 1 / 1.5;
const MOST_SECONDS = 6;
const MOST_MB = 120;
const LANES = 'a line for each retry';
const HEAP = 'a heap of numbers';

/** A million web hooks in an hour in which nobody answers, and all their retries: five million attempts. */
const MILLION: SimulatedOutage = {
  arrivals: constantArrivals(rateOf('1000000', 'h')),
  outage: { fromMs: 0, toMs: HOUR_MS },
  waitsMs: waitsOf({
    kind: 'exponential',
    baseMs: ASSUMED_BASE_MS,
    factor: ASSUMED_FACTOR,
    retries: INQUD_RETRIES,
  }),
  timeoutMs: INQUD_TIMEOUT_MS,
  whileDown: 'refuses',
  receiver: { serviceMs: 0.5, answerMs: 0.5 },
  untilMs: 2 * HOUR_MS,
  endsWhenCalm: false,
  stepMs: 60_000,
};
const WORDS = 'forecast --rate 1000000/h --outage 1h --capacity 2000/s --format json'.split(' ');

/** What a simulated outage of a million web hooks costs, alone and as a whole program. */
export async function forecastBench(): Promise<readonly BenchLine[]> {
  const counts = { lanes: withLanes(), heap: simulateWithHeap(MILLION) };
  if (JSON.stringify(counts.lanes) !== JSON.stringify(counts.heap)) {
    throw new Error(`the queues differ: ${JSON.stringify(counts)}`);
  }
  const costs = await measureRounds(ROUNDS, {
    [LANES]: () => cpuMs(withLanes),
    [HEAP]: () => cpuMs(() => simulateWithHeap(MILLION)),
  });
  return [queueLine(costs, counts.lanes), ...(await programLines())];
}

function withLanes(): HeapCounts {
  const simulation = new WaveSimulation(MILLION);
  while (simulation.advance(500_000));
  const { attempts, inVain, late } = simulation.result();
  return { attempts, inVain, late };
}

function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function queueLine(costs: Costs, { attempts }: HeapCounts): BenchLine {
  const shown = (name: string) => `${name} ${Math.round(medianCost(costs, name))} ms`;
  return {
    name: 'forecast: simulation, against a heap',
    ratio: medianRatio(costs, LANES, HEAP),
    bound: HEAP_BOUND,
    note: `${attempts} attempts: ${shown(LANES)}, ${shown(HEAP)}`,
  };
}

/** The program as it is, and the most memory that it holds. */
async function programLines(): Promise<readonly BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'inqud-hook-bench-'));
  const memoryFile = join(folder, 'peak');
  const env = { ...process.env, PEAK_MEMORY_FILE: memoryFile };
  try {
    const costs = await measureRounds(ROUNDS, {
      seconds: async () => (await processMs(['-r', PEAK_MEMORY, BIN, ...WORDS], env)) / 1_000,
    });
    const megabytes = Number(await readFile(memoryFile, 'utf8'));
    const seconds = medianCost(costs, 'seconds');
    return [
      boundLine(
        `time, against ${MOST_SECONDS} s`,
        seconds / MOST_SECONDS,
        `${seconds.toFixed(1)} s`,
      ),
      boundLine(`memory, against ${MOST_MB} MB`, megabytes / MOST_MB, `${megabytes} MB`),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function boundLine(what: string, ratio: number, note: string): BenchLine {
  return { name: `forecast: ${what}`, ratio, bound: 1, note: `${note} for a million web hooks` };
}
