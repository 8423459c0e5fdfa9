import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LoadSummary } from '../../src/load/records.js';
import { startNginx } from '../programs/nginx.js';
import { startServer } from '../programs/server.js';
import type { BenchLine } from './bench-line.js';
import { processResult } from './process-time.js';
import { measureRounds, medianCost, medianRatio } from './rounds.js';

const BIN = fileURLToPath(new URL('../../bin/inqud-hook.js', import.meta.url));
const STALLING = fileURLToPath(new URL('servers/stalling.ts', import.meta.url));
const ROUNDS = 5;
const OPEN_ROUNDS = 3;
const AUTOCANNON = 'autocannon';
const CLOSED = 'burst: closed loop';
/** At least 1.6 times what autocannon sends when it signs each request. */
const CLOSED_BOUND = 1 / 1.6;
const LATE_BOUND = 0.005;
const P99_BOUND_MS = 10;
/** Of 300 ms in every 3 s that a web hook is 9 in 10 of the way into, at most. */
const STALL_P99_MS = 270;
const STALL_TOLERANCE = 0.1;

/** What the tool itself can send, and whether it tells the truth about a receiver that stalls. */
export async function burstBench(): Promise<readonly BenchLine[]> {
  return [...(await sinkLines()), await stallLine()];
}

async function sinkLines(): Promise<readonly BenchLine[]> {
  const nginx = await startNginx('location / { return 200; }');
  try {
    const port = String(nginx.port);
    const opened: LoadSummary[] = [];
    for (let round = 0; round < OPEN_ROUNDS; round += 1) {
      opened.push(await burst(port, '--rate', '10000/s', '--for', '10s'));
    }
    return [await closedLine(port), ...openLines(opened)];
  } finally {
    await nginx.stop();
  }
}

async function closedLine(port: string): Promise<BenchLine> {
  const costs = await measureRounds(ROUNDS, {
    [AUTOCANNON]: () => requestMs('autocannon.ts', port),
    [CLOSED]: () => requestMs('closed-loop.ts', port),
  });
  const perSecond = (name: string) => (1_000 / medianCost(costs, name)).toFixed(0);
  const ratio = medianRatio(costs, CLOSED, AUTOCANNON);
  const note = `${perSecond(CLOSED)} web hooks/s, ${(1 / ratio).toFixed(2)} × autocannon's ${perSecond(AUTOCANNON)}`;
  return { name: CLOSED, ratio, bound: CLOSED_BOUND, note };
}

/** The median round by its 99th percentile. */
function openLines(rounds: readonly LoadSummary[]): readonly BenchLine[] {
  const p99Of = ({ latency }: LoadSummary) => latency?.p99Ms ?? Number.POSITIVE_INFINITY;
  const sorted = rounds.toSorted((one, other) => p99Of(one) - p99Of(other));
  const summary = sorted[sorted.length >> 1];
  if (summary === undefined) throw new Error('nothing was measured');
  const { kept, failed, sent } = summary;
  if (failed > 0) throw new Error('not everything was delivered');
  const p99Ms = p99Of(summary);
  return [
    {
      name: 'burst: 10,000/s, sent late or never',
      ratio: (1 - kept.share) / LATE_BOUND,
      bound: 1,
      note: `${(kept.share * 100).toFixed(2)} % of ${sent} on time, in shares of 0.5 %`,
    },
    {
      name: 'burst: 10,000/s, p99 from the intended time',
      ratio: p99Ms / P99_BOUND_MS,
      bound: 1,
      note: `${p99Ms.toFixed(1)} ms of ${P99_BOUND_MS} ms, p50 ${summary.latency?.p50Ms} ms`,
    },
  ];
}

async function stallLine(): Promise<BenchLine> {
  const server = await startServer({
    program: process.execPath,
    files: () => ({}),
    args: ({ port }) => ['--import', import.meta.resolve('tsx'), STALLING, String(port)],
  });
  try {
    const summary = await burst(String(server.port), '--rate', '1000/s', '--for', '9s');
    const p99Ms = summary.latency?.p99Ms ?? Number.NaN;
    return {
      name: 'burst: p99 of a receiver that stalls',
      ratio: Math.abs(p99Ms - STALL_P99_MS) / STALL_P99_MS,
      bound: STALL_TOLERANCE,
      note: `${p99Ms.toFixed(1)} ms, where it is ${STALL_P99_MS} ms`,
    };
  } finally {
    await server.stop();
  }
}

/** The whole program, start-up included. */
async function burst(port: string, ...flags: readonly string[]): Promise<LoadSummary> {
  const argv = [BIN, 'burst', port, '--format', 'json', '--allow', '100%', ...flags];
  const env = { ...process.env, INQUD_HOOK_SECRET: 'secret_value' };
  const ran = promisify(execFile)(process.execPath, argv, { env, maxBuffer: 2 ** 26 });
  // A rate that was not kept ends in another code than 0, and is a measurement all the same.
  const { stdout } = await ran.catch((error: { readonly stdout: string }) => error);
  return JSON.parse(stdout).summary;
}

async function requestMs(client: string, port: string): Promise<number> {
  const file = fileURLToPath(new URL(`clients/${client}`, import.meta.url));
  const result = await processResult(['--import', 'tsx', file, port]);
  if (typeof result !== 'number') throw new Error(`${client} measured nothing`);
  return result;
}
