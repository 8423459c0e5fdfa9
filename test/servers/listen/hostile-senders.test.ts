import { describe, expect, test } from 'vitest';
import { createAnswerScript } from '../../../src/listening/answer-script.js';
import { type Listening, listening } from './listening.js';
import { post, rawSender } from './raw-sender.js';

/** A listener that is soon out of patience. */
const IMPATIENT = { headTimeoutMs: 100, requestTimeoutMs: 200, checkTimeoutsMs: 20 };

/** Whatever a sender does, the next one is served. */
async function isStillWell({ port }: Listening): Promise<void> {
  const sender = await rawSender(port);
  sender.send(post('{"well":true}'));
  await sender.received('200 OK');
}

const statusOf = (answer: string) => answer.match(/^HTTP\/1\.1 (\d+)/)?.[1];

describe('a sender that writes no HTTP is told so', () => {
  test.each([
    ['garbage', '\u0000\u0001\u0002 garbage\r\n\r\n', 'the method is unknown'],
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001', 'This is no valid HTTP/1.1'],
    ['an unknown version', 'POST / HTTP/9.9\r\n\r\n', 'the version of HTTP is wrong'],
    ['a header without a colon', 'POST / HTTP/1.1\r\nHost: x\r\nbroken\r\n\r\n', 'a header holds'],
    ['no Host', 'POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n', 'there is no Host header'],
    ['a wrong length', head('Content-Length: ten'), 'the Content-Length is no number'],
    ['a negative length', head('Content-Length: -1'), 'the Content-Length is no number'],
    [
      'two lengths',
      head('Content-Length: 1', 'Content-Length: 2'),
      'Content-Length is there twice',
    ],
    ['a length and chunks', head('Content-Length: 1', 'Transfer-Encoding: chunked'), 'HTTP/1.1'],
    ['a coding nobody knows', head('Transfer-Encoding: zip'), 'does not end in chunked'],
    ['chunks that are none', `${head('Transfer-Encoding: chunked')}zz\r\n`, 'the size of a chunk'],
    ['a bare line feed in a header', 'POST / HTTP/1.1\r\nHost: x\r\nA: b\n c\r\n\r\n', 'HTTP/1.1'],
  ])('%s', async (_what, bytes, reason) => {
    const heard = await listening();
    const sender = await rawSender(heard.port);
    sender.send(Buffer.from(bytes, 'latin1'));
    const answer = await sender.closed();
    expect(statusOf(answer)).toBe('400');
    expect(answer).toContain(reason);
    await isStillWell(heard);
    expect(heard.recorded).toHaveLength(1);
    expect(heard.refused[0]).toMatchObject({ kind: 'refused', status: 400 });
  });
});

function head(...headers: readonly string[]): string {
  return `POST / HTTP/1.1\r\nHost: x\r\n${headers.join('\r\n')}\r\n\r\n`;
}

test('bytes after a request are no part of it: it is recorded, they are refused', async () => {
  const heard = await listening();
  const sender = await rawSender(heard.port);
  sender.send(`${post('{}')}more than it said`);
  const answers = await sender.closed();
  expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
  expect((await heard.captures()).map(({ body }) => body.toString())).toEqual(['{}']);
});

test('a sender that ends in the middle of a body leaves nothing behind', async () => {
  const heard = await listening();
  const sender = await rawSender(heard.port);
  sender.send(post('{"a":1}').replace('Content-Length: 7', 'Content-Length: 70'));
  sender.socket.end();
  expect(statusOf(await sender.closed())).toBe('400');
  const other = await rawSender(heard.port);
  other.send(post('{"a":1}').replace('Content-Length: 7', 'Content-Length: 70'));
  other.socket.resetAndDestroy();
  await heard.hasRefused(2);
  await isStillWell(heard);
  expect(await heard.captures()).toHaveLength(1);
});

describe('too large is', () => {
  test('a head', async () => {
    const heard = await listening({ bounds: { maxHeaderBytes: 1_000 } });
    const sender = await rawSender(heard.port);
    sender.send(head(`X-Big: ${'x'.repeat(2_000)}`));
    const answer = await sender.closed();
    expect(statusOf(answer)).toBe('431');
    expect(answer).toContain('The head is larger than 1000 bytes.\n');
    await isStillWell(heard);
  });

  test('a head that never ends', async () => {
    const heard = await listening();
    const sender = await rawSender(heard.port);
    sender.send('POST / HTTP/1.1\r\n');
    while (!sender.socket.destroyed && sender.socket.writable && heard.refused.length === 0) {
      await new Promise<void>((resolve) => {
        sender.socket.write(`A: ${'x'.repeat(10_000)}\r\n`, () => resolve());
      });
    }
    expect(statusOf(await sender.closed())).toBe('431');
    await isStillWell(heard);
  });

  test('a number of headers', async () => {
    const heard = await listening({ bounds: { maxHeaders: 50 } });
    const sender = await rawSender(heard.port);
    sender.send(head(...Array.from({ length: 50 }, (_, number) => `X-${number}: 1`)));
    const answer = await sender.closed();
    expect(statusOf(answer)).toBe('431');
    expect(answer).toContain('There are more than 50 headers.\n');
    await isStillWell(heard);
  });

  test('a body that says so, before it is sent', async () => {
    const heard = await listening({ bounds: { maxBodyBytes: 10 } });
    const sender = await rawSender(heard.port);
    sender.send(head('Content-Length: 11', 'Expect: 100-continue'));
    const answer = await sender.closed();
    expect(statusOf(answer)).toBe('413');
    expect(answer).toContain('The body is larger than 10 bytes.\n');
    const exact = await rawSender(heard.port);
    exact.send(post('0123456789'));
    await exact.received('200 OK');
  });

  test('a chunked body, however far it has come', async () => {
    const heard = await listening({ bounds: { maxBodyBytes: 100_000 } });
    const sender = await rawSender(heard.port);
    sender.send(head('Transfer-Encoding: chunked'));
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    for (let chunks = 0; chunks < 20; chunks += 1) sender.send(chunk);
    const answer = await sender.closed();
    expect(statusOf(answer)).toBe('413');
    await isStillWell(heard);
    expect(heard.recorded).toHaveLength(1);
  });
});

test('a sender in the middle of a body gets to read why it is refused', async () => {
  const heard = await listening({ bounds: { maxBodyBytes: 1_000 } });
  for (let round = 0; round < 20; round += 1) {
    const sender = await rawSender(heard.port);
    sender.send(post('x'.repeat(1_000_000)));
    expect(statusOf(await sender.closed())).toBe('413');
  }
});

describe('too slow is', () => {
  test.each([
    ['a connection on which nothing comes', ''],
    ['a head that does not end', 'POST / HTTP/1.1\r\nHost: x\r\nA: '],
    ['a body that does not end', head('Content-Length: 100')],
    ['a chunked body that does not end', `${head('Transfer-Encoding: chunked')}5\r\nab`],
  ])('%s', async (_what, bytes) => {
    const heard = await listening({ bounds: IMPATIENT });
    const sender = await rawSender(heard.port);
    if (bytes !== '') sender.send(bytes);
    const answer = await sender.closed();
    expect(statusOf(answer)).toBe('408');
    expect(answer).toContain('The request did not come to its end in time.\n');
    await isStillWell(heard);
    expect(heard.refused.map(({ status }) => status)).toEqual([408]);
  });

  test('one that dribbles', async () => {
    const heard = await listening({ bounds: IMPATIENT });
    const sender = await rawSender(heard.port);
    const bytes = head('Content-Length: 1000');
    let at = 0;
    const timer = setInterval(() => {
      sender.send(bytes[at] ?? 'x');
      at += 1;
    }, 5);
    const answer = await sender.closed();
    clearInterval(timer);
    expect(statusOf(answer)).toBe('408');
    await isStillWell(heard);
  });

  test('but not one that waits for a late answer', async () => {
    const script = createAnswerScript({ steps: [], delayMs: 400, drops: () => false });
    const heard = await listening({ bounds: IMPATIENT, script });
    const sender = await rawSender(heard.port);
    sender.send(post('{}'));
    await sender.received('200 OK');
  });
});

test('more connections than allowed are told so, and served once others have gone', async () => {
  const script = createAnswerScript({ steps: [], delayMs: 500, drops: () => false });
  const heard = await listening({ bounds: { maxConnections: 3 }, script });
  const senders = await Promise.all([1, 2, 3].map(() => rawSender(heard.port)));
  for (const sender of senders) sender.send(post('{}'));
  await heard.hasRecorded(3);
  const surplus = await rawSender(heard.port);
  surplus.send(post('{}'));
  const answer = await surplus.closed();
  expect(statusOf(answer)).toBe('503');
  expect(answer).toContain('There are 3 connections already, and all wait for answers.\n');
  expect(heard.recorded).toHaveLength(3);
  for (const sender of senders) {
    await sender.received('200 OK');
    sender.socket.destroy();
  }
  await expect
    .poll(() =>
      isStillWell(heard).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
});

test('connections that make no request, or never end one, keep nobody out', async () => {
  const heard = await listening({ bounds: { maxConnections: 3 } });
  const beginnings = ['', 'POST /hook HTTP/1.1\r\nHost: ', post('{}').slice(0, -1)];
  for (let round = 0; round < 4; round += 1) {
    for (const beginning of beginnings) (await rawSender(heard.port)).send(beginning);
  }
  for (let web = 1; web <= 4; web += 1) {
    const sender = await rawSender(heard.port);
    sender.send(post('{}'));
    expect(statusOf(await sender.received('200 OK'))).toBe('200');
  }
  expect(heard.recorded).toHaveLength(4);
});

test('a sender that waits for its answer keeps its place, whoever comes', async () => {
  const script = createAnswerScript({ steps: [], delayMs: 300, drops: () => false });
  const heard = await listening({ bounds: { maxConnections: 2 }, script });
  const sender = await rawSender(heard.port);
  sender.send(post('{}'));
  await heard.hasRecorded(1);
  for (let newcomer = 0; newcomer < 6; newcomer += 1) await rawSender(heard.port);
  await sender.received('200 OK');
});

test('a sender that pipelines without end gets no further ahead than a few answers', async () => {
  const script = createAnswerScript({ steps: [], delayMs: 60_000, drops: () => false });
  const heard = await listening({ script });
  const sender = await rawSender(heard.port);
  const many = post('{}').repeat(500);
  for (let time = 0; time < 200; time += 1) sender.send(many);
  await heard.hasRecorded(16);
  await isQuiet(() => heard.recorded.length);
  expect(heard.recorded.length).toBeLessThan(5_000);
  expect(sender.socket.writableLength).toBeGreaterThan(1_000_000);
});

test('large bodies take turns when there is not memory for all, and all arrive', async () => {
  const heard = await listening({ bounds: { maxBodyBytes: 400_000, maxHeldBytes: 500_000 } });
  const body = 'x'.repeat(400_000);
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      const sender = await rawSender(heard.port);
      sender.send(post(body));
      await sender.received('200 OK');
    }),
  );
  expect((await heard.captures()).map((capture) => capture.body.length)).toEqual(
    Array.from({ length: 20 }, () => 400_000),
  );
});

test('web hooks are served while stalled large bodies hold all the memory', async () => {
  const heard = await listening({ bounds: { maxBodyBytes: 400_000, maxHeldBytes: 500_000 } });
  for (let number = 0; number < 5; number += 1) {
    const sender = await rawSender(heard.port);
    sender.send(post('x'.repeat(400_000)).slice(0, -1));
  }
  await isStillWell(heard);
  await isStillWell(heard);
});

test('CONNECT and strange expectations are refused', async () => {
  const heard = await listening();
  const proxied = await rawSender(heard.port);
  proxied.send('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n');
  expect(statusOf(await proxied.closed())).toBe('405');
  const expecting = await rawSender(heard.port);
  expecting.send(head('Content-Length: 2', 'Expect: miracles'));
  expect(statusOf(await expecting.closed())).toBe('417');
  await isStillWell(heard);
});

test('a thousand connections that come and go leave nothing behind', async () => {
  const heard = await listening();
  for (let round = 0; round < 50; round += 1) {
    const senders = await Promise.all(Array.from({ length: 20 }, () => rawSender(heard.port)));
    senders.forEach((sender, index) => {
      sender.send(post('{}').slice(0, index * 4));
      sender.socket.resetAndDestroy();
    });
  }
  await isStillWell(heard);
});

/** Resolves when a number has stopped growing. */
async function isQuiet(read: () => number): Promise<void> {
  let before = -1;
  const isSame = () => {
    const now = read();
    const same = now === before;
    before = now;
    return same;
  };
  await expect.poll(isSame, { interval: 100, timeout: 10_000 }).toBe(true);
}
