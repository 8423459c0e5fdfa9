import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchLine } from './bench-line.js';
import { processResult } from './process-time.js';
import { type Costs, measureRounds, medianCost, medianRatio } from './rounds.js';

const BIN = fileURLToPath(new URL('../../bin/inqud-hook.js', import.meta.url));
const BARE = fileURLToPath(new URL('servers/bare.ts', import.meta.url));
const CLIENT = fileURLToPath(new URL('clients/post.ts', import.meta.url));
const SECRET = 'secret_value';

const ROUNDS = 3;
const SECONDS = 2;
const WARM_UP_SECONDS = 1;
const FEW_SENDERS = 16;
const MANY_SENDERS = 128;
/** At least 0.6 and 0.3 of the requests per second. */
const RECORDING_BOUND = 1 / 0.6;
const SYNCED_BOUND = 1 / 0.3;

const EARLY_REQUESTS = 100_000;
const ALL_REQUESTS = 400_000;
/** Between looks at how many requests there were; each run starts a client of its own. */
const MEMORY_SECONDS = 5;
/** The young generation of the heap breathes. */
const MEMORY_BOUND = 1.25;

const BASELINES = { few: 'bare, 16 senders', many: 'bare, 128 senders' } as const;

interface Variant {
  readonly name: string;
  readonly baseline: string;
  readonly bound: number;
  readonly senders: number;
  readonly flags: readonly string[];
  readonly secret?: string;
}

const VARIANTS: readonly Variant[] = [
  {
    name: 'listen: recording',
    baseline: BASELINES.few,
    bound: RECORDING_BOUND,
    senders: FEW_SENDERS,
    flags: [],
  },
  {
    name: 'listen: recording, digests checked',
    baseline: BASELINES.few,
    bound: RECORDING_BOUND,
    senders: FEW_SENDERS,
    flags: [],
    secret: SECRET,
  },
  {
    name: 'listen: --fsync',
    baseline: BASELINES.many,
    bound: SYNCED_BOUND,
    senders: MANY_SENDERS,
    flags: ['--fsync'],
  },
];

/** What acknowledging one request costs, against a server that records nothing; and the memory. */
export async function listenBench(): Promise<readonly BenchLine[]> {
  const costs = await measureRounds(ROUNDS, {
    [BASELINES.few]: () => bareCost(FEW_SENDERS),
    [BASELINES.many]: () => bareCost(MANY_SENDERS),
    ...Object.fromEntries(VARIANTS.map((variant) => [variant.name, () => listenCost(variant)])),
  });
  return [...VARIANTS.map((variant) => lineOf(costs, variant)), await memoryLine()];
}

function bareCost(senders: number): Promise<number> {
  return withServer(
    (port) => ['--import', 'tsx', BARE, String(port)],
    (port) => requestMs(port, senders, SECONDS, WARM_UP_SECONDS),
  );
}

async function listenCost({ senders, flags, secret }: Variant): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'inqud-hook-bench-'));
  const out = join(folder, 'captures.ndjson');
  try {
    return await withServer(
      (port) => [BIN, 'listen', String(port), '--out', out, ...flags],
      (port) => requestMs(port, senders, SECONDS, WARM_UP_SECONDS),
      secret,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Resident memory after many requests, against that after the first of them. */
async function memoryLine(): Promise<BenchLine> {
  return withServer(
    (port) => [BIN, 'listen', String(port), '--out', '/dev/null'],
    async (port, server) => {
      const early = await residentAfter(server, port, EARLY_REQUESTS);
      const late = await residentAfter(server, port, ALL_REQUESTS - EARLY_REQUESTS);
      return {
        name: 'listen: memory',
        ratio: late / early,
        bound: MEMORY_BOUND,
        note: `${mebibytes(early)} after ${EARLY_REQUESTS}, ${mebibytes(late)} after ${ALL_REQUESTS} requests`,
      };
    },
    SECRET,
  );
}

async function residentAfter(
  server: ChildProcess,
  port: number,
  requests: number,
): Promise<number> {
  let left = requests;
  while (left > 0) {
    left -= (MEMORY_SECONDS * 1_000) / (await requestMs(port, FEW_SENDERS, MEMORY_SECONDS, 0));
  }
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]);
}

function mebibytes(kilobytes: number): string {
  return `${(kilobytes / 1_024).toFixed(0)} MiB`;
}

/** Runs a server on a free port while something is measured. */
async function withServer<Result>(
  args: (port: number) => readonly string[],
  measure: (port: number, server: ChildProcess) => Promise<Result>,
  secret?: string,
): Promise<Result> {
  const port = await freePort();
  const { INQUD_HOOK_SECRET: _given, ...rest } = process.env;
  const env = secret === undefined ? rest : { ...rest, INQUD_HOOK_SECRET: secret };
  const stdio = ['ignore', 'ignore', 'inherit'] as const;
  const server = spawn(process.execPath, args(port), { env, stdio: [...stdio] });
  const ended = once(server, 'exit');
  try {
    await listens(port, server);
    return await measure(port, server);
  } finally {
    server.kill('SIGKILL');
    await ended;
  }
}

async function requestMs(
  port: number,
  senders: number,
  seconds: number,
  warmUpSeconds: number,
): Promise<number> {
  const numbers = [port, senders, seconds, warmUpSeconds].map(String);
  const result = await processResult(['--import', 'tsx', CLIENT, ...numbers]);
  if (typeof result !== 'number') throw new Error(`${CLIENT} measured nothing`);
  return result;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function listens(port: number, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
  }
  throw new Error(`The server for port ${port} ended before it listened.`);
}

function lineOf(costs: Costs, { name, baseline, bound, senders }: Variant): BenchLine {
  const ratio = medianRatio(costs, name, baseline);
  const note = `${perSecond(costs, name)} requests/s of ${senders} senders, ${(1 / ratio).toFixed(2)} × the ${perSecond(costs, baseline)} of bare node:http`;
  return { name, ratio, bound, note };
}

function perSecond(costs: Costs, name: string): string {
  return (1_000 / medianCost(costs, name)).toFixed(0);
}
