import { fileURLToPath } from 'node:url';
import { startNginx } from '../programs/nginx.js';
import type { BenchLine } from './bench-line.js';
import { processMs, processResult } from './process-time.js';
import { type Costs, measureRounds, medianCost, medianRatio } from './rounds.js';

const BIN = fileURLToPath(new URL('../../bin/inqud-hook.js', import.meta.url));
const ROUNDS = 7;
const RESOURCES = 10_000;
const EVENTS_OF_A_CHECKOUT = 4;
const AUTOCANNON = 'autocannon';
const BOUND = 1;

const LINES = {
  'HTTP: the run alone': 'deliver() and its transport',
  'HTTP: the whole program': 'simulate-retries --format ndjson, start-up included',
} as const;

/** What one request costs at concurrency 16, against autocannon signing each of its requests. */
export async function httpBench(): Promise<readonly BenchLine[]> {
  const nginx = await startNginx('location / { return 200; }');
  try {
    const costs = await measure(nginx.port);
    return Object.entries(LINES).map(([name, note]) => lineOf(costs, name, note));
  } finally {
    await nginx.stop();
  }
}

function measure(port: number): Promise<Costs> {
  const args = ['simulate-retries', String(port), '--resources', String(RESOURCES)];
  const env = { ...process.env, INQUD_HOOK_SECRET: 'secret_value' };
  const requests = RESOURCES * EVENTS_OF_A_CHECKOUT;
  return measureRounds(ROUNDS, {
    [AUTOCANNON]: () => requestMs('autocannon.ts', port),
    'HTTP: the run alone': () => requestMs('deliver.ts', port),
    'HTTP: the whole program': async () =>
      (await processMs([BIN, ...args, '--format', 'ndjson'], env)) / requests,
  });
}

/** A client in a process of its own says how long a request took it. */
async function requestMs(client: string, port: number): Promise<number> {
  const file = fileURLToPath(new URL(`clients/${client}`, import.meta.url));
  const result = await processResult(['--import', 'tsx', file, String(port), String(RESOURCES)]);
  if (typeof result !== 'number') throw new Error(`${client} measured nothing`);
  return result;
}

function lineOf(costs: Costs, name: string, what: string): BenchLine {
  const ratio = medianRatio(costs, name, AUTOCANNON);
  const note = `${what}: ${perSecond(costs, name)} requests/s, ${(1 / ratio).toFixed(2)} × autocannon's ${perSecond(costs, AUTOCANNON)}`;
  return { name, ratio, bound: BOUND, note };
}

function perSecond(costs: Costs, name: string): string {
  return (1_000 / medianCost(costs, name)).toFixed(0);
}
