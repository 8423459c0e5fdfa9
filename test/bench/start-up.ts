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
import { processMs } from './process-time.js';
import { type Costs, measureRounds, medianCost, medianRatio } from './rounds.js';

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

/** The whole process from start to end, against a Node that does nothing. */
export async function startUpBench(): Promise<readonly BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'inqud-hook-'));
  const nginx = await startNginx('location / { return 200; }');
  try {
    const costs = await measure(await writeInputs(folder), String(nginx.port));
    return Object.entries(BOUNDS).map(([name, bound]) => lineOf(costs, name, bound));
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

function tool(...args: readonly string[]): () => Promise<number> {
  const env = { ...process.env, INQUD_HOOK_SECRET: SECRET };
  return () => processMs([BIN, ...args], env);
}

function lineOf(costs: Costs, name: string, bound: number): BenchLine {
  const ms = medianCost(costs, name).toFixed(0);
  const bareMs = medianCost(costs, BARE).toFixed(0);
  const note = `${ms} ms; ${BARE} takes ${bareMs} ms`;
  return { name, ratio: medianRatio(costs, name, BARE), bound, note };
}
