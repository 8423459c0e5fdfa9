import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNginx } from '../programs/nginx.js';
import type { BenchLine } from './bench-line.js';
import { bodiesAroundTheirId, HEADERS, SECRET } from './clients/checkout-plan.js';
import { processMs, processResult } from './process-time.js';
import { type Costs, measureRounds, medianCost, medianRatio } from './rounds.js';

const BIN = fileURLToPath(new URL('../../bin/inqud-hook.js', import.meta.url));
const ROUNDS = 7;
const RESOURCES = 10_000;
const EVENTS_OF_A_CHECKOUT = 4;
const REQUESTS = RESOURCES * EVENTS_OF_A_CHECKOUT;
const AUTOCANNON = 'autocannon';
const WHOLE_AUTOCANNON = 'autocannon, start-up included';
const BOUND = 1;

const LINES = [
  { name: 'HTTP: the run alone', what: 'deliver() and its transport', baseline: AUTOCANNON },
  {
    name: 'HTTP: the whole program',
    what: 'simulate-retries --format ndjson, start-up included',
    baseline: WHOLE_AUTOCANNON,
  },
] as const;

/**
 * What one request costs at concurrency 16, against autocannon signing each of its requests. Like is
 * compared with like: the run alone is warm, as autocannon is after a second; the whole program starts
 * cold and sends 40,000 requests, and so does a program that does the same with autocannon. Of that
 * the time from its start to its last answer counts, and not the tick of a second with which it ends.
 */
export async function httpBench(): Promise<readonly BenchLine[]> {
  const nginx = await startNginx('location / { return 200; }');
  const folder = await mkdtemp(join(tmpdir(), 'inqud-hook-'));
  try {
    const inputs = join(folder, 'inputs.json');
    await writeFile(inputs, await inputsOfAutocannon());
    const costs = await measure(String(nginx.port), inputs);
    return LINES.map((line) => lineOf(costs, line));
  } finally {
    await nginx.stop();
    await rm(folder, { recursive: true });
  }
}

async function inputsOfAutocannon(): Promise<string> {
  const headers = Object.fromEntries(HEADERS);
  return JSON.stringify({ headers, secret: SECRET, bodies: await bodiesAroundTheirId() });
}

function measure(port: string, inputs: string): Promise<Costs> {
  const args = ['simulate-retries', port, '--resources', String(RESOURCES), '--format', 'ndjson'];
  const env = { ...process.env, INQUD_HOOK_SECRET: SECRET };
  return measureRounds(ROUNDS, {
    [AUTOCANNON]: () => resultOf(['--import', 'tsx', client('autocannon.ts'), port]),
    [WHOLE_AUTOCANNON]: async () =>
      (await resultOf([client('autocannon-whole.mjs'), port, String(REQUESTS), inputs])) / REQUESTS,
    'HTTP: the run alone': () =>
      resultOf(['--import', 'tsx', client('deliver.ts'), port, String(RESOURCES)]),
    'HTTP: the whole program': async () => (await processMs([BIN, ...args], env)) / REQUESTS,
  });
}

function client(name: string): string {
  return fileURLToPath(new URL(`clients/${name}`, import.meta.url));
}

/** A client in a process of its own says how many milliseconds it took. */
async function resultOf(args: readonly string[]): Promise<number> {
  const result = await processResult(args);
  if (typeof result !== 'number') throw new Error(`${args.join(' ')} measured nothing`);
  return result;
}

function lineOf(costs: Costs, { name, what, baseline }: (typeof LINES)[number]): BenchLine {
  const ratio = medianRatio(costs, name, baseline);
  const note = `${what}: ${perSecond(costs, name)} requests/s, ${(1 / ratio).toFixed(2)} × autocannon's ${perSecond(costs, baseline)}`;
  return { name, ratio, bound: BOUND, note };
}

function perSecond(costs: Costs, name: string): string {
  return (1_000 / medianCost(costs, name)).toFixed(0);
}
