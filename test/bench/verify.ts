import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { formatCapture } from '../../src/capture/own-format.js';
import { grouped } from '../../src/report/count.js';
import { DIGEST_HEADER } from '../../src/webhook/scheme.js';
import type { BenchLine } from './bench-line.js';

const BIN = fileURLToPath(new URL('../../bin/inqud-hook.js', import.meta.url));
const FLOOR = fileURLToPath(new URL('./clients/verify-floor.ts', import.meta.url));
const PEAK_MEMORY = fileURLToPath(new URL('./clients/peak-memory.cjs', import.meta.url));
const SECRET = 'bench-secret';
const ROWS = 1_200_000;
/** One row in so many has a digest that nothing explains. */
const FORGED_EVERY = 10_000;
const ROUNDS = 3;
const BODY_BYTES = 613;

/** 1.2 million captures, more than 1.1 GB, against the bare hashes of the same bodies. */
export async function verifyBench(): Promise<readonly BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'inqud-hook-'));
  try {
    const file = join(folder, 'captures.ndjson');
    await writeCaptures(file);
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measureRound(file, folder));
    return linesOf(rounds);
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Round {
  readonly floorS: number;
  readonly oneS: number;
  readonly allS: number;
  readonly oneMb: number;
  readonly allMb: number;
}

async function measureRound(file: string, folder: string): Promise<Round> {
  const floor = await run(['npx', 'tsx', FLOOR, file, SECRET], {});
  const { seconds: floorS } = JSON.parse(floor.stdout);
  const all = await verify(file, folder, []);
  const one = await verify(file, folder, ['taskset', '--cpu-list', '0']);
  return { floorS, oneS: one.seconds, allS: all.seconds, oneMb: one.mb, allMb: all.mb };
}

async function verify(file: string, folder: string, prefix: readonly string[]) {
  const memoryFile = join(folder, 'peak');
  const env = { INQUD_HOOK_SECRET: SECRET, PEAK_MEMORY_FILE: memoryFile };
  const { seconds, stdout } = await run(
    [...prefix, 'node', '-r', PEAK_MEMORY, BIN, 'verify', file],
    env,
  );
  const forged = ROWS / FORGED_EVERY;
  const genuine = grouped(ROWS - forged);
  if (!stdout.includes(`${genuine} genuine, ${forged} rejected of ${grouped(ROWS)}.`)) {
    throw new Error(`verify counted wrongly: ${stdout.slice(-200)}`);
  }
  return { seconds, mb: Number(await readFile(memoryFile, 'utf8')) };
}

async function run(command: readonly string[], env: Readonly<Record<string, string>>) {
  const [program = '', ...words] = command;
  const startMs = performance.now();
  const options = { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
  const ran = await promisify(execFile)(program, words, options).catch(
    (error: { readonly stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  return { stdout: ran.stdout, seconds: (performance.now() - startMs) / 1_000 };
}

function linesOf(rounds: readonly Round[]): readonly BenchLine[] {
  const ratio = (of: (round: Round) => number) =>
    median(rounds.map((round) => of(round) / round.floorS));
  const seconds = (of: (round: Round) => number) => median(rounds.map(of)).toFixed(2);
  const cores = availableParallelism();
  return [
    {
      name: `verify, ${cores} cores`,
      ratio: ratio(({ allS }) => allS),
      bound: 1.4,
      note: `${seconds(({ allS }) => allS)} s; bare hashes ${seconds(({ floorS }) => floorS)} s`,
    },
    {
      name: 'verify, 1 core',
      ratio: ratio(({ oneS }) => oneS),
      bound: 2.6,
      note: `${seconds(({ oneS }) => oneS)} s`,
    },
    {
      name: 'verify, memory',
      ratio: median(rounds.map(({ allMb, oneMb }) => Math.max(allMb, oneMb))) / 110,
      bound: 1,
      note: `${seconds(({ allMb }) => allMb)} MB of 110 MB; one core ${seconds(({ oneMb }) => oneMb)} MB`,
    },
  ];
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function writeCaptures(file: string): Promise<void> {
  const out = createWriteStream(file);
  let text = '';
  for (let row = 0; row < ROWS; row += 1) {
    text += `${captureLine(row)}\n`;
    if (text.length < 4_000_000) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await finished(out);
}

/** As `listen` would have written it: a body of JSON, which is full of quotes to be escaped. */
function captureLine(row: number): string {
  const fields = { id: `CCO-${row}`, status: 'SUCCESS', amount: row / 7, currency: 'USD' };
  const start = JSON.stringify({ ...fields, customer: 'Zoë', items: [{ name: 'tea' }] });
  const padding = `,"note":"${'x'.repeat(Math.max(0, BODY_BYTES - start.length - 10))}"}`;
  const body = Buffer.from(start.slice(0, -1) + padding);
  const isForged = row % FORGED_EVERY === 5;
  const digest = createHmac('sha1', isForged ? 'forged' : SECRET)
    .update(body)
    .digest('hex');
  return formatCapture({
    at: '2026-01-01T00:00:00.000Z',
    remote: '127.0.0.1:51234',
    method: 'POST',
    path: '/webhooks/inqud',
    headers: [
      ['Host', 'localhost:3000'],
      ['Content-Type', 'application/json'],
      [DIGEST_HEADER, digest],
      ['Content-Length', String(body.length)],
    ],
    body,
  });
}
