import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { formatCapture } from '../../src/capture/own-format.js';
import { indexEvents } from '../../src/delivery/event-index.js';
import { startNginx } from '../programs/nginx.js';
import type { BenchLine } from './bench-line.js';
import { checkouts, SECRET } from './clients/checkout-plan.js';
import { type Costs, measureRounds, medianCost, medianRatio } from './rounds.js';

const BIN = fileURLToPath(new URL('../../bin/inqud-hook.js', import.meta.url));
const ROUNDS = 7;
const RESOURCES = 10_000;
const DELIVERY = 'delivery: ';
const WHOLE = 'program: ';
/** A program that reads a capture of megabytes first is not as fast as one that reads none. */
const BOUNDS: Readonly<Record<string, number>> = { [DELIVERY]: 1, [WHOLE]: 1.4 };
const SIMULATE = 'simulate-retries';
const REPLAY = 'replay';

/** What it costs to deliver captured requests again, against the same ones simulated. */
export async function replayBench(): Promise<readonly BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'inqud-hook-bench-'));
  const nginx = await startNginx('location / { return 200; }');
  try {
    const capture = join(folder, 'captures.ndjson');
    const requests = await writeCapture(capture);
    const costs = await measure(String(nginx.port), capture);
    return [DELIVERY, WHOLE].map((phase) => lineOf(costs, phase, requests));
  } finally {
    await nginx.stop();
    await rm(folder, { recursive: true });
  }
}

/** The requests that the simulation sends, as `listen` would keep them. Gives their number. */
async function writeCapture(path: string): Promise<number> {
  const { plan, composer } = await checkouts(RESOURCES);
  const index = indexEvents(plan);
  const file = createWriteStream(path);
  for (let sequence = 0; sequence < index.events; sequence += 1) {
    const { headers, body } = composer.compose(index.locate(sequence));
    const line = formatCapture({
      at: new Date(plan.epochMs + sequence).toISOString(),
      remote: '127.0.0.1:50000',
      method: 'POST',
      path: '/',
      headers: [
        ['host', '127.0.0.1:3000'],
        ['connection', 'keep-alive'],
        ...headers,
        ['content-length', String(body.length)],
      ],
      body,
    });
    file.write(`${line}\n`);
  }
  file.end();
  await finished(file);
  return index.events;
}

/** How long a program took in all, and how much of that from its first word, which is `ready`. */
interface Phases {
  readonly wholeMs: number;
  readonly deliveryMs: number;
}

/** Whole programs with the same requests at the same concurrency, in turns. */
async function measure(port: string, capture: string): Promise<Costs> {
  const resources = ['--resources', String(RESOURCES)];
  const runs = {
    [SIMULATE]: [BIN, SIMULATE, port, ...resources, '--format', 'ndjson'],
    [REPLAY]: [BIN, REPLAY, capture, port, '--format', 'ndjson'],
  };
  const delivery = new Map<string, number[]>([
    [SIMULATE, []],
    [REPLAY, []],
  ]);
  const whole = await measureRounds(
    ROUNDS,
    Object.fromEntries(
      Object.entries(runs).map(([name, args]) => [
        name,
        async () => {
          const { wholeMs, deliveryMs } = await phasesOf(args);
          delivery.get(name)?.push(deliveryMs);
          return wholeMs;
        },
      ]),
    ),
  );
  return new Map([...prefixed(WHOLE, whole), ...prefixed(DELIVERY, delivery)]);
}

function prefixed(prefix: string, costs: Costs): Costs {
  return new Map([...costs].map(([name, values]) => [`${prefix}${name}`, values]));
}

async function phasesOf(args: readonly string[]): Promise<Phases> {
  const env = { ...process.env, INQUD_HOOK_SECRET: SECRET };
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let readyMs = startedMs;
  child.stdout.once('data', () => {
    readyMs = performance.now();
  });
  child.stdout.resume();
  const [exitCode] = await once(child, 'exit');
  if (exitCode !== 0) throw new Error(`${args.join(' ')} ended with ${exitCode}`);
  const endedMs = performance.now();
  return { wholeMs: endedMs - startedMs, deliveryMs: endedMs - readyMs };
}

function lineOf(costs: Costs, phase: string, requests: number): BenchLine {
  const perSecond = (name: string) =>
    ((requests / medianCost(costs, `${phase}${name}`)) * 1_000).toFixed(0);
  return {
    name: `${phase}${REPLAY}`,
    ratio: medianRatio(costs, `${phase}${REPLAY}`, `${phase}${SIMULATE}`),
    bound: BOUNDS[phase] ?? Number.NaN,
    note: `${perSecond(REPLAY)} requests/s, simulate-retries ${perSecond(SIMULATE)}`,
  };
}
