import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import type { SendOptions } from '../../src/ports.js';
import * as hostile from '../receivers/hostile.js';
import type { RawReceiver } from '../receivers/raw-server.js';
import { loadTransportTo, longRunTransportTo, REQUEST, transportTo } from './sending.js';

const TIMEOUT_MS = 200;
/** Where something else than time is what ends it, a busy machine may take its time. */
const PATIENT_MS = 2_500;
const MUCH_LATER_MS = 3000;
const BAD_CHUNK = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n';
const CLOSING = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

const TOO_MANY = 'The receiver sent more than 10 interim answers (1xx) and none that is final.';

describe.each([
  ['as a few are sent', transportTo],
  ['as a burst is sent', loadTransportTo],
  ['as a long run is sent', longRunTransportTo],
])('%s', (_how, connect) => {
  /** Sends once, and sees to it that nothing hangs and no connection is left open. */
  async function sendOnce(receiver: RawReceiver, options: Partial<SendOptions> = {}) {
    const transport = await connect(receiver.url);
    const startedMs = performance.now();
    const outcome = await transport.send(REQUEST, { timeoutMs: TIMEOUT_MS, ...options });
    expect(performance.now() - startedMs).toBeLessThan(MUCH_LATER_MS);
    await transport.close();
    await receiver.allClosed();
    await receiver.close();
    return outcome;
  }

  function broken(reason: string) {
    return { kind: 'broken', reason, ms: expect.any(Number) };
  }

  function responded(status: number) {
    return { kind: 'responded', status, ms: expect.any(Number) };
  }

  describe('no valid answer came, and a sentence says why, when the receiver', () => {
    const plainClose =
      'The receiver closed the connection without an answer; if it speaks TLS, its URL starts with https://.';

    test.each([
      ['closes the connection unanswered', hostile.closesUnanswered, plainClose],
      [
        'resets the connection unanswered',
        hostile.resetsUnanswered,
        'The receiver reset the connection without an answer; if it speaks TLS, its URL starts with https://.',
      ],
      [
        'resets every connection on sight',
        hostile.resetsOnSight,
        'The receiver reset the connection without an answer; if it speaks TLS, its URL starts with https://.',
      ],
      [
        'sends half a status line',
        hostile.halfAStatusLine,
        'The receiver closed the connection in the middle of its answer.',
      ],
      [
        'answers garbage',
        hostile.garbage,
        'The answer is not valid HTTP/1.1: it breaks at "SSH-2.0-OpenSSH_9.2".',
      ],
      [
        'sends a header of 1 MB',
        hostile.hugeHeader,
        "The answer's headers are larger than 64 KiB.",
      ],
      [
        'sends a word for a Content-Length',
        hostile.contentLengthIsAWord,
        'The answer is not valid HTTP/1.1: it breaks at "abc".',
      ],
      [
        'breaks its headers after a Content-Length',
        () => hostile.answers('HTTP/1.1 200 OK\r\nContent-Length: 3\r\nBad Header\r\n\r\nabc'),
        "The answer's headers are not valid HTTP/1.1.",
      ],
      ['sends 100 Continue without end', () => hostile.floodsOfInterim('100 Continue'), TOO_MANY],
      ['sends 103 Early Hints without end', hostile.floodsOfInterim, TOO_MANY],
      ['sends an unknown 1xx without end', () => hostile.floodsOfInterim('199 Hm'), TOO_MANY],
      [
        'never ends the headers of an interim answer',
        hostile.endlessInterimHead,
        "The answer's headers are larger than 64 KiB.",
      ],
      [
        'breaks the headers of an interim answer',
        () => hostile.answers('HTTP/1.1 100 Continue\r\nHTTP/1.1 200 OK\r\n\r\n'),
        "The answer's headers are not valid HTTP/1.1.",
      ],
      [
        'closes after an interim answer',
        () => hostile.answersAndCloses('HTTP/1.1 102 Processing\r\n\r\n'),
        plainClose,
      ],
      [
        'switches protocols',
        hostile.switchesProtocols,
        'The receiver answered 101 and switched protocols, unasked.',
      ],
      [
        'switches protocols without naming one',
        () => hostile.answers('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
        'The receiver answered 101 and switched protocols, unasked.',
      ],
      ['speaks TLS on a plain port', hostile.tlsOnAPlainPort, plainClose],
      [
        'sends a TLS alert on a plain port',
        hostile.tlsAlert,
        'The receiver speaks TLS: its URL starts with https://.',
      ],
      [
        'has a self-signed certificate',
        hostile.selfSigned,
        "The receiver's certificate is self-signed or its issuer unknown (--insecure accepts it).",
      ],
      [
        'speaks plain HTTP behind an https URL',
        () => behindHttps(hostile.plainHttp),
        'The receiver speaks no TLS: its URL starts with http://.',
      ],
      [
        'hangs up on a TLS greeting',
        () => behindHttps(hostile.hangsUp),
        'The receiver closed the connection during the TLS handshake; if it speaks no TLS, its URL starts with http://.',
      ],
    ])('%s', async (_what, open, reason) => {
      expect(await sendOnce(await open(), { timeoutMs: PATIENT_MS })).toEqual(broken(reason));
    });

    test('resets the connection in the middle of its answer', async () => {
      // Whether a reset behind some bytes shows as a reset or as a close is up to the system.
      const reason = /^The receiver (reset|closed) the connection in the middle of its answer\.$/;
      expect(await sendOnce(await hostile.resetsMidAnswer())).toMatchObject({
        kind: 'broken',
        reason: expect.stringMatching(reason),
      });
    });
  });

  async function behindHttps(open: () => Promise<RawReceiver>): Promise<RawReceiver> {
    const receiver = await open();
    return Object.create(receiver, { url: { value: receiver.url.replace('http:', 'https:') } });
  }

  test('a port nobody listens on is unreachable', async () => {
    const url = await hostile.refusing();
    const transport = await connect(url);
    expect(await transport.send(REQUEST, { timeoutMs: TIMEOUT_MS })).toEqual({
      kind: 'unreachable',
      reason: `Nothing listens on ${new URL(url).host}.`,
      ms: expect.any(Number),
    });
    await transport.close();
  });

  describe('the attempt ends at the timeout when the receiver', () => {
    test.each([
      ['never answers', hostile.silent],
      ['dribbles its answer a byte a second', hostile.dribbles],
      ['never ends its hints', () => hostile.answers('HTTP/1.1 103 Early Hints\r\n\r\n')],
      ['never greets back behind an https URL', () => behindHttps(hostile.silent)],
    ])('%s', async (_what, open) => {
      const outcome = await sendOnce(await open());
      expect(outcome).toEqual({ kind: 'timed-out', ms: expect.any(Number) });
      expect(outcome).toHaveProperty(
        'ms',
        expect.toSatisfy((ms: number) => ms >= TIMEOUT_MS),
      );
    });
  });

  describe('the answer counts, whatever becomes of its body, when the receiver', () => {
    test.each([
      ['answers 204', hostile.noContent, 204],
      ['sends 103 before 200', hostile.earlyHints, 200],
      ['sends 100 Continue unasked', hostile.unaskedContinue, 200],
      ['sends two interim answers before 200', hostile.alwaysInterim, 200],
      ['compresses a body unasked', hostile.unaskedGzip, 200],
      ['breaks the body off', hostile.bodyBreaksOff, 200],
      ['sends more than it said', hostile.bodyRunsOver, 200],
      ['sends an endless body', hostile.endlessBody, 200],
      ['takes ages over the body', hostile.slowBody, 200],
      ['sends chunks that are none', () => hostile.answers(BAD_CHUNK), 200],
    ])('%s', async (_what, open, status) => {
      expect(await sendOnce(await open())).toEqual(responded(status));
    });
  });

  test('a redirect is reported and not followed', async () => {
    const receiver = await hostile.redirectLoop();
    expect(await sendOnce(receiver)).toEqual(responded(302));
    expect(receiver.requests).toHaveLength(1);
  });

  test('an answer that comes before the body was read counts', async () => {
    const receiver = await hostile.answersEarly();
    const transport = await connect(receiver.url);
    const request = { headers: [], body: Buffer.alloc(8 * 1024 * 1024) };
    const outcome = await transport.send(request, { timeoutMs: 5000 });
    expect(outcome).toEqual(responded(413));
    await transport.close();
    await receiver.close();
  });

  test.skipIf(connect === loadTransportTo)(
    'of an endless body no more than 64 KiB are kept, and hardly more is read',
    async () => {
      const receiver = await hostile.endlessBody();
      const outcome = await sendOnce(receiver, { keepBodyBytes: 1_000_000_000 });
      expect(outcome).toMatchObject({ answer: { bodyCut: true, body: { length: 65_536 } } });
      expect(receiver.sentBytes).toBeLessThan(10_000_000);
    },
  );

  const hasIpv6 = Object.values(networkInterfaces())
    .flat()
    .some((a) => a?.address === '::1');

  test.runIf(hasIpv6)('a receiver on ::1 alone is found as localhost', async () => {
    const receiver = await hostile.ipv6Only();
    const transport = await connect(`http://localhost:${receiver.port}/hook`);
    expect(await transport.send(REQUEST, { timeoutMs: TIMEOUT_MS })).toEqual(responded(200));
    await transport.close();
    await receiver.close();
  });

  describe.each([
    ['at first', { reuseAfterAttempts: 500 }],
    ['once connections are reused', { reuseAfterAttempts: 0 }],
  ])(
    'every request is answered, and none is sent twice, %s, when the receiver',
    (_when, options) => {
      test.each([
        ['closes each connection as it answers', hostile.closesAfterAnswering],
        ['closes each connection soon after its answer', hostile.closesSoonAfterAnswering],
        ['closes each connection with its third answer', hostile.closesAfterThree],
        ['resets each connection after its answer', hostile.resetsAfterAnswering],
        ['says 100 and 102 before each answer', hostile.alwaysInterim],
        ['answers each request twice', () => hostile.answers(OK + OK)],
        ['writes garbage after each answer', () => hostile.answers(`${OK}\n\nSSH-2.0-x\r\n`)],
        ['closes and says so', () => hostile.answersAndCloses(CLOSING)],
        ['speaks HTTP/1.0', () => hostile.answersAndCloses('HTTP/1.0 200 OK\r\n\r\nok')],
      ])('%s', async (_what, open) => {
        const receiver = await open();
        const transport = await connect(receiver.url, options);
        const sendMany = async (count: number) => {
          for (let i = 0; i < count; i += 1) {
            expect(await transport.send(REQUEST, { timeoutMs: 5000 })).toEqual(responded(200));
          }
        };
        await sendMany(200);
        await Promise.all(Array.from({ length: 16 }, () => sendMany(10)));
        expect(receiver.requests).toHaveLength(360);
        await transport.close();
        await receiver.allClosed();
        await receiver.close();
      });
    },
  );
});
