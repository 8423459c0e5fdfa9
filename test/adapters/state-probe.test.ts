import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { openUrlProbe, type UrlProbeOptions } from '../../src/adapters/state-probe.js';
import type { StateProbe } from '../../src/ports.js';
import * as hostile from '../receivers/hostile.js';
import { listenRaw, type RawReceiver } from '../receivers/raw-server.js';

const SUBJECT = { id: 'CCO-1', clientOrderId: '1', kind: 'checkout', amount: '1' };
const TIMEOUT_MS = 200;
const MUCH_LATER_MS = 3_000;
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
/** What may be on its way or in buffers of the system when the reader has had enough. */
const IN_BUFFERS = 16 * 1024 * 1024;

async function probeOf(
  receiver: RawReceiver,
  options: Partial<UrlProbeOptions> = {},
): Promise<StateProbe> {
  const probe = await openUrlProbe(`${receiver.url}/{id}`, {
    allowRemote: false,
    insecure: false,
    timeoutMs: TIMEOUT_MS,
    ...options,
  });
  onTestFinished(async () => {
    await probe.close();
    await receiver.close();
  });
  return probe;
}

/** The sentence a reading ends with, and that no connection is left open by it. */
async function refusalOf(receiver: RawReceiver, options: Partial<UrlProbeOptions> = {}) {
  const probe = await probeOf(receiver, options);
  const startedMs = performance.now();
  const error = await probe.read(SUBJECT).then(
    () => undefined,
    (failure: unknown) => failure,
  );
  expect(performance.now() - startedMs).toBeLessThan(MUCH_LATER_MS);
  await receiver.allClosed();
  return error;
}

function unreadable(receiver: RawReceiver, reason: string) {
  return {
    code: 'unreadable-state',
    message: `The state cannot be read from ${receiver.url}/CCO-1. ${reason}`,
  };
}

async function behindHttps(open: () => Promise<RawReceiver>): Promise<RawReceiver> {
  const receiver = await open();
  return Object.create(receiver, { url: { value: receiver.url.replace('http:', 'https:') } });
}

test.each([
  ['never answers', hostile.silent],
  ['dribbles its answer a byte a second', hostile.dribbles],
  ['takes ages over the body', hostile.slowBody],
  ['never ends its hints', () => hostile.answers('HTTP/1.1 103 Early Hints\r\n\r\n')],
  ['never greets back behind an https URL', () => behindHttps(hostile.silent)],
])('a server of states that %s is given up in time', async (_what, open) => {
  const receiver = await open();
  expect(await refusalOf(receiver)).toMatchObject(
    unreadable(receiver, 'The server of the state gave no whole answer within 0.2 s.'),
  );
});

test.each([
  ['closes unanswered', hostile.closesUnanswered, /^The server of the state closed the connection/],
  ['resets unanswered', hostile.resetsUnanswered, /^The server of the state reset the connection/],
  ['answers garbage', hostile.garbage, /^The answer is not valid HTTP\/1\.1: it breaks at "SSH-2/],
  ['has headers of 1 MB', hostile.hugeHeader, /^The answer's headers are larger than 64 KiB\.$/],
  [
    'floods with 100 Continue',
    () => hostile.floodsOfInterim('100 Continue'),
    /^The server of the state sent more than 10 interim answers/,
  ],
  [
    'never ends the head of an interim answer',
    hostile.endlessInterimHead,
    /^The answer's headers are larger than 64 KiB\.$/,
  ],
  ['switches protocols', hostile.switchesProtocols, /^The server of the state answered 101/],
  ['packs its answer', hostile.unaskedGzip, /^The server of the state packs its answer/],
  [
    'breaks its body off',
    hostile.bodyBreaksOff,
    /^The server of the state closed the connection in the middle of its answer\.$/,
  ],
  ['is self-signed', hostile.selfSigned, /^The server of the state's certificate is self-signed/],
  ['speaks TLS', hostile.tlsOnAPlainPort, /^The server of the state /],
])('a server of states that %s is named, and its fault', async (_what, open, reason) => {
  const error = await refusalOf(await open(), { timeoutMs: 30_000 });
  expect(error).toMatchObject({ code: 'unreadable-state' });
  expect(String(error).split('CCO-1. ').at(-1)).toMatch(reason);
  expect(String(error)).not.toContain('The receiver');
});

test('a server that is not there is named', async () => {
  const url = await hostile.refusing();
  const probe = await openUrlProbe(url, { allowRemote: false, insecure: false });
  await expect(probe.read(SUBJECT)).rejects.toThrow(`Nothing listens on ${new URL(url).host}.`);
  await probe.close();
});

test('an endless state is read to its limit and no further', async () => {
  const receiver = await hostile.endlessBody();
  expect(await refusalOf(receiver, { timeoutMs: 30_000 })).toMatchObject({
    code: 'unreadable-state',
    message: `The state at ${receiver.url}/CCO-1 is larger than 1 MiB, which is all that is read of it.`,
  });
  expect(receiver.sentBytes).toBeLessThan(IN_BUFFERS);
});

test('a state is read up to the very limit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: -2, max: 2 }),
      async (maxBytes, over) => {
        const body = 'x'.repeat(Math.max(0, maxBytes + over));
        const receiver = await hostile.answers(
          `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        );
        const probe = await openUrlProbe(receiver.url, {
          allowRemote: false,
          insecure: false,
          maxBytes,
        });
        const text = await probe.read(SUBJECT).then(
          (reading) => reading.text,
          () => 'too large',
        );
        expect(text).toBe(body.length > maxBytes ? 'too large' : body);
        await probe.close();
        await receiver.close();
      },
    ),
    { numRuns: 30 },
  );
});

test('interim answers are read past, on kept connections too', async () => {
  const receiver = await hostile.alwaysInterim();
  const probe = await probeOf(receiver);
  for (let reading = 0; reading < 20; reading += 1) {
    expect(await probe.read(SUBJECT)).toMatchObject({ status: 200, text: 'ok' });
  }
  expect(receiver.connections).toBe(1);
});

test.each([
  ['says nothing', hostile.silent],
  ['never ends', hostile.slowBody],
])('an interruption ends the reading of a state that %s', async (_what, open) => {
  const receiver = await open();
  const probe = await probeOf(receiver, { timeoutMs: 600_000 });
  const interruption = new AbortController();
  const asked = receiver.nextRequest();
  const reading = probe.read(SUBJECT, interruption.signal);
  await asked;
  interruption.abort();
  expect(await reading).toMatchObject({ text: '', unread: { kind: 'cancelled' } });
  expect(await probe.read(SUBJECT, interruption.signal)).toMatchObject({
    unread: { kind: 'cancelled' },
  });
  await receiver.allClosed();
  expect(receiver.requests).toHaveLength(1);
});

test('once it has answered, what it no longer says is told and not thrown', async () => {
  let answers = 0;
  const receiver = await listenRaw({
    onRequest: (socket) => {
      answers += 1;
      if (answers === 1) socket.write(OK);
      else if (answers === 2) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nstart');
    },
  });
  const probe = await probeOf(receiver);
  expect(await probe.read(SUBJECT)).toMatchObject({ status: 200, text: 'ok' });
  expect(await probe.read(SUBJECT)).toEqual({
    text: '',
    unread: {
      kind: 'broken',
      reason: 'The server of the state closed the connection in the middle of its answer.',
    },
  });
  expect(await probe.read(SUBJECT)).toMatchObject({ unread: { kind: 'timed-out' } });
});

test('a connection that is closed just as it is used costs no reading', async () => {
  const receiver = await hostile.closesAfterThree();
  const probe = await probeOf(receiver);
  for (let reading = 0; reading < 30; reading += 1) {
    expect(await probe.read(SUBJECT)).toMatchObject({ status: 200 });
  }
});

test("headers of the user's are sent, and replace our own", async () => {
  const receiver = await listenRaw({ onRequest: (socket) => socket.end(OK) });
  const probe = await probeOf(receiver, {
    headers: [
      ['Authorization', 'Bearer abc'],
      ['Accept', 'text/csv'],
    ],
  });
  await probe.read(SUBJECT);
  const asked = String(receiver.requests[0]);
  expect(asked).toContain('\r\nAuthorization: Bearer abc\r\n');
  expect(asked).toContain('\r\nAccept: text/csv\r\n');
  expect(asked).not.toContain('application/json');
});
