import {
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
} from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDraw } from '../../../src/delivery/draw.js';
import { recording } from '../../receivers/recording.js';
import {
  type BuiltProgram,
  buildProgram,
  type ListenerProcess,
  startListenerProcess,
} from './built-program.js';
import { capturesOf, listening, newFolder } from './listening.js';

const ROUNDS = 16;
const SENDERS = 8;
const LONGEST_LIFE_MS = 50;
const LARGEST_BODY_BYTES = 40_000;
/** Every fifth round also syncs. */
const SYNCED_ROUNDS = 5;
/** On a busy machine too. */
const LONGEST_CATCH_UP_MS = 120_000;
const FORWARDING_ROUNDS = 10;
const LONGEST_FORWARDING_MS = 400;
const draw = createDraw('killed at random');

let program: BuiltProgram;

beforeAll(async () => {
  program = await buildProgram();
});

afterAll(() => program.remove());

test('killed at a random moment of a burst, again and again, it has lost nothing that it acknowledged', {
  timeout: 120_000,
}, async () => {
  const out = join(await newFolder(), 'captures.ndjson');
  const acknowledged: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = acknowledged.length;
    const flags = round % SYNCED_ROUNDS === 0 ? ['--fsync'] : [];
    const listener = await startListenerProcess(program, ['--out', out, ...flags]);
    const lifeMs = chance(round, 0) * LONGEST_LIFE_MS;
    await killedInBurst(listener, { round, lifeMs }, (id) => acknowledged.push(id));
    const stored = storedIds(out);
    const lost = acknowledged.slice(before).filter((id) => !stored.has(id));
    expect({ round, lost }).toEqual({ round, lost: [] });
  }
  expect(acknowledged.length).toBeGreaterThan(ROUNDS);

  const last = await listening({ out });
  await last.stop('at-once');
  const whole = new Set((await capturesOf(out)).map(({ body }) => idOf(body.toString())));
  expect(acknowledged.filter((id) => !whole.has(id))).toEqual([]);
});

const DISTURBANCES = ['renamed', 'removed', 'shortened', 'claimed'] as const;
const DISTURBED_ROUNDS = 8;

test('killed in bursts in which its file is renamed, removed, shortened or claimed by others, it has lost nothing that it acknowledged', {
  timeout: 120_000,
}, async () => {
  const folder = await newFolder();
  const out = join(folder, 'captures.ndjson');
  const claims: (number | undefined)[] = [];
  for (let round = 0; round < DISTURBED_ROUNDS; round += 1) {
    const disturbance = DISTURBANCES[round % DISTURBANCES.length] ?? 'renamed';
    const listener = await startListenerProcess(program, ['--out', out]);
    // What was removed or cut off is gone by the will of whoever did it: what came later is not.
    let owed: string[] = [];
    const isOwedLater = disturbance === 'removed' || disturbance === 'shortened';
    const running = burst(listener.port, 1_000 + round, (id) => owed.push(id));
    await passed(chance(round, 2) * LONGEST_LIFE_MS);
    if (disturbance === 'renamed') renameSync(out, join(folder, `moved-${round}.ndjson`));
    if (disturbance === 'removed') rmSync(out);
    if (disturbance === 'shortened') truncateSync(out, 0);
    if (disturbance === 'claimed') {
      linkSync(out, join(folder, `hard-${round}.ndjson`));
      const second = startListenerProcess(program, ['--out', join(folder, `hard-${round}.ndjson`)]);
      claims.push((await second).port);
    }
    // Those that were under way at that moment may have been written before it.
    if (isOwedLater) {
      owed = [];
      await passed(20);
      owed = [];
    }
    await passed(chance(round, 3) * LONGEST_LIFE_MS);
    listener.child.kill('SIGKILL');
    await running;
    await listener.ended;
    const files = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
    const stored = new Set(files.flatMap((name) => [...storedIds(join(folder, name))]));
    const lost = owed.filter((id) => !stored.has(id));
    expect({ round, disturbance, lost }).toEqual({ round, disturbance, lost: [] });
    if (existsSync(out)) expect(readFileSync(out).includes(0)).toBe(false);
  }
  expect(claims).toEqual(
    Array.from({ length: DISTURBED_ROUNDS / DISTURBANCES.length }, () => undefined),
  );
});

test('killed again and again, it forwards everything that it acknowledged, at least once', {
  timeout: 300_000,
}, async () => {
  const forwarded = new Set<string>();
  const waiting = new Set<() => void>();
  const receiver = await recording(({ body }, index) => {
    // At random: every fourth could be the same request each time, until it is given up.
    if (chance(FORWARDING_ROUNDS, index) < 0.25) return { status: 500 };
    forwarded.add(idOf(body.toString()));
    for (const look of waiting) look();
    return { status: 200 };
  });
  const out = join(await newFolder(), 'captures.ndjson');
  const backoff = Array.from({ length: 10 }, () => '10ms').join(',');
  const args = ['--out', out, '--forward-to', receiver.url, '--backoff', backoff];
  const acknowledged: string[] = [];
  for (let round = 0; round < FORWARDING_ROUNDS; round += 1) {
    const listener = await startListenerProcess(program, args);
    const lifeMs = chance(round, 0) * LONGEST_FORWARDING_MS;
    await killedInBurst(listener, { round, lifeMs }, (id) => acknowledged.push(id));
  }
  const last = await startListenerProcess(program, args);
  await new Promise<void>((resolve, reject) => {
    const missing = () => acknowledged.filter((id) => !forwarded.has(id));
    const look = () => {
      if (missing().length === 0) resolve();
    };
    waiting.add(look);
    look();
    const giveUp = () => reject(new Error(`Never forwarded: ${missing().join(', ')}`));
    setTimeout(giveUp, LONGEST_CATCH_UP_MS).unref();
  });
  last.child.kill('SIGTERM');
  expect(await last.ended).toEqual([130, null]);
  expect(acknowledged.length).toBeGreaterThan(FORWARDING_ROUNDS);
});

interface Killing {
  readonly round: number;
  readonly lifeMs: number;
}

/**
 * Kills the listener this long after the burst begins; in every second round after the first of it is
 * acknowledged, for on a busy machine that alone takes longer.
 */
async function killedInBurst(
  { child, port, ended }: ListenerProcess,
  { round, lifeMs }: Killing,
  onAcknowledged: (id: string) => void,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    timer ??= setTimeout(() => child.kill('SIGKILL'), lifeMs);
  };
  if (round % 2 === 0) start();
  await burst(port, round, (id) => {
    onAcknowledged(id);
    start();
  });
  await ended;
  clearTimeout(timer);
}

/** So much of a burst goes by. */
function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Sends on several connections, one request after the other, until the listener is gone. */
async function burst(
  port: number,
  round: number,
  onAcknowledged: (id: string) => void,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });
  const sendAll = async (sender: number) => {
    for (let number = 0; ; number += 1) {
      const id = `${round}.${sender}.${number}`;
      const size = chance(round, 1 + sender * 10_000 + number) ** 4 * LARGEST_BODY_BYTES;
      const status = await post(port, agent, JSON.stringify({ id, pad: 'x'.repeat(size) }));
      if (status === undefined) return;
      if (status === 200) onAcknowledged(id);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, (_, sender) => sendAll(sender)));
  agent.destroy();
}

/** The status of the answer; undefined when none came. */
function post(port: number, agent: Agent, body: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const sent = request({ port, agent, method: 'POST', path: '/' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', () => resolve(undefined));
    sent.end(body);
  });
}

/** The ids of the whole lines. */
function storedIds(out: string): ReadonlySet<string> {
  const lines = readFileSync(out, 'utf8').split('\n').slice(0, -1);
  return new Set(lines.map((line) => idOf(JSON.parse(line).body)));
}

function idOf(body: string): string {
  return JSON.parse(body).id;
}

function chance(round: number, number: number): number {
  return draw('late', { batch: round, resource: number, event: 0 }, 1);
}
