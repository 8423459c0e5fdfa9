import { expect, test } from 'vitest';
import { createAnswerScript, type ScriptOptions } from '../../../src/listening/answer-script.js';
import { listening } from './listening.js';
import { post, rawSender } from './raw-sender.js';

const script = (options: Partial<ScriptOptions>) =>
  createAnswerScript({ steps: [], delayMs: 0, drops: () => false, ...options });

test('gives the answers in turn, over all senders, and the last one from then on', async () => {
  const steps = [{ status: 500 }, { status: 503 }, { status: 200 }];
  const heard = await listening({ script: script({ steps }) });
  const statuses: string[] = [];
  for (let number = 1; number <= 5; number += 1) {
    const sender = await rawSender(heard.port);
    sender.send(post('{}'));
    statuses.push((await sender.received('\r\n\r\n')).slice(9, 12));
  }
  expect(statuses).toEqual(['500', '503', '200', '200', '200']);
  expect(heard.recorded.map(({ answer }) => answer)).toEqual([500, 503, 200, 200, 200]);
  expect(await heard.captures()).toHaveLength(5);
});

test('gives headers and a body where they are scripted', async () => {
  const headers = [
    ['X-One', 'a'],
    ['x-one', 'b'],
  ] as const;
  const heard = await listening({
    script: script({ steps: [{ status: 429, headers, body: 'später' }] }),
  });
  const sender = await rawSender(heard.port);
  sender.send(post('{}', 'Connection: close'));
  const answer = await sender.closed();
  expect(answer).toMatch(/^HTTP\/1\.1 429 Too Many Requests\r\nX-One: a\r\nx-one: b\r\n/);
  expect(answer).toMatch(/\r\n\r\n(?:7\r\n)?spÃ¤ter(?:\r\n0\r\n\r\n)?$/);
});

test('gives answers that have no body without one, and keeps the connection', async () => {
  const heard = await listening({
    script: script({ steps: [{ status: 204, body: 'ignored' }, { status: 200 }] }),
  });
  const sender = await rawSender(heard.port);
  sender.send(post('{}'));
  sender.send(post('{}'));
  const answers = await sender.received('200 OK');
  expect(answers).not.toContain('ignored');
});

test('waits before it answers, but not before it records', async () => {
  const heard = await listening({ script: script({ delayMs: 300 }) });
  const sender = await rawSender(heard.port);
  const startMs = performance.now();
  sender.send(post('{}'));
  await heard.hasRecorded(1);
  expect(performance.now() - startMs).toBeLessThan(200);
  expect(await heard.captures()).toHaveLength(1);
  await sender.received('200 OK');
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(299);
});

test('closes the connection without an answer where it is told to', async () => {
  const heard = await listening({ script: script({ drops: (number) => number === 2 }) });
  const sender = await rawSender(heard.port);
  sender.send(post('1'));
  await sender.received('200 OK');
  sender.send(post('2'));
  expect((await sender.closed()).match(/HTTP/g)).toHaveLength(1);
  const next = await rawSender(heard.port);
  next.send(post('3'));
  await next.received('200 OK');
  expect(heard.recorded.map(({ answer }) => answer)).toEqual([200, 'dropped', 200]);
});

test('a sender that goes away does not wait for its answer', async () => {
  const heard = await listening({ script: script({ delayMs: 60_000 }) });
  const sender = await rawSender(heard.port);
  sender.send(post('{}'));
  await heard.hasRecorded(1);
  sender.socket.destroy();
  await heard.stop('let-finish');
});

test('ending at once cuts late answers short; ending in time gives them', async () => {
  const patient = await listening({ script: script({ delayMs: 100 }) });
  const first = await rawSender(patient.port);
  first.send(post('{}'));
  await patient.hasRecorded(1);
  await patient.stop('let-finish');
  expect(await first.closed()).toContain('200 OK');

  const hasty = await listening({ script: script({ delayMs: 60_000 }) });
  const second = await rawSender(hasty.port);
  second.send(post('{}'));
  await hasty.hasRecorded(1);
  await hasty.stop('at-once');
  expect(await second.closed()).toBe('');
  expect(await hasty.captures()).toHaveLength(1);
});
