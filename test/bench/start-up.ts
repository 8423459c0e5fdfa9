import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatCapture } from '../../src/capture/own-format.js';
import { sign } from '../../src/webhook/digest.js';
import { DIGEST_HEADER } from '../../src/webhook/scheme.js';
import { Secret } from '../../src/webhook/secret.js';
import { startNginx } from '../programs/nginx.js';
import type { BenchLine } from './bench-line.js';
import { processCpuMs, processMs } from './process-time.js';
import { type Costs, measureRounds, medianCost, medianExcess, medianRatio } from './rounds.js';

const BIN = fileURLToPath(new URL('../../bin/inqud-hook.js', import.meta.url));
const ROUNDS = 31;
const BARE = 'node -e 0';
const SECRET = 'secret_value';

const BOUNDS = {
  '--version': 1.3,
  '--help': 1.3,
  'verify of one file': 1.3,
  'verify of one body': 1.3,
  'one send': 2.8,
} as const;

const CPU_ROUNDS = 41;
/** What a command that has next to nothing to do may cost more than a Node that does nothing. */
const MOST_CPU_MS = 20;
const CPU_NAMES = [
  'CPU of --version',
  'CPU of --help',
  'CPU of verify of one file',
  'CPU of verify of one body',
] as const;

/**
 * The whole process from start to end, against a Node that does nothing: as long as one waits for it,
 * and as long as it keeps processors busy.
 */
export async function startUpBench(): Promise<readonly BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'inqud-hook-'));
  const nginx = await startNginx('location / { return 200; }');
  try {
    const inputs = await writeInputs(folder);
    const costs = await measure(inputs, String(nginx.port));
    const cpu = await measureCpu(inputs);
    return [
      ...Object.entries(BOUNDS).map(([name, bound]) => lineOf(costs, name, bound)),
      ...CPU_NAMES.map((name) => cpuLineOf(cpu, name)),
    ];
  } finally {
    await nginx.stop();
    await rm(folder, { recursive: true });
  }
}

interface Inputs {
  readonly body: string;
  readonly capture: string;
  readonly digest: string;
}

async function writeInputs(folder: string): Promise<Inputs> {
  const body = Buffer.from('{"field":"value"}');
  const digest = sign(body, Secret.fromText(SECRET));
  const capture = formatCapture({ headers: [[DIGEST_HEADER, digest]], body });
  const inputs = {
    body: join(folder, 'body.json'),
    capture: join(folder, 'capture.ndjson'),
    digest,
  };
  await writeFile(inputs.body, body);
  await writeFile(inputs.capture, `${capture}\n`);
  return inputs;
}

function measure({ body, capture, digest }: Inputs, url: string): Promise<Costs> {
  return measureRounds(ROUNDS, {
    [BARE]: () => processMs(['-e', '0']),
    '--version': tool('--version'),
    '--help': tool('--help'),
    'verify of one file': tool('verify', capture),
    'verify of one body': tool('verify', body, '--digest', digest),
    'one send': tool('send', url),
  });
}

function measureCpu({ body, capture, digest }: Inputs): Promise<Costs> {
  const [version, help, verifyFile, verifyBody] = CPU_NAMES;
  const env = withSecret();
  return measureRounds(CPU_ROUNDS, {
    [BARE]: () => processCpuMs(['-e', '0']),
    [version]: () => processCpuMs([BIN, '--version']),
    [help]: () => processCpuMs([BIN, '--help']),
    [verifyFile]: () => processCpuMs([BIN, 'verify', capture], env),
    [verifyBody]: () => processCpuMs([BIN, 'verify', body, '--digest', digest], env),
  });
}

function tool(...args: readonly string[]): () => Promise<number> {
  const env = withSecret();
  return () => processMs([BIN, ...args], env);
}

function withSecret(): NodeJS.ProcessEnv {
  return { ...process.env, INQUD_HOOK_SECRET: SECRET };
}

function lineOf(costs: Costs, name: string, bound: number): BenchLine {
  const ms = medianCost(costs, name).toFixed(0);
  const bareMs = medianCost(costs, BARE).toFixed(0);
  const note = `${ms} ms; ${BARE} takes ${bareMs} ms`;
  return { name, ratio: medianRatio(costs, name, BARE), bound, note };
}

/** In shares of what it may cost. */
function cpuLineOf(costs: Costs, name: string): BenchLine {
  const ms = medianExcess(costs, name, BARE);
  const bareMs = medianCost(costs, BARE).toFixed(0);
  const note = `${ms.toFixed(1)} ms of ${MOST_CPU_MS} ms over ${BARE}, which takes ${bareMs} ms`;
  return { name, ratio: ms / MOST_CPU_MS, bound: 1, note };
}
