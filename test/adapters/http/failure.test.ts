import { expect, test } from 'vitest';
import { failureOf } from '../../../src/adapters/http/failure.js';
import type { AttemptStage } from '../../../src/adapters/http/scene.js';
import { parseTarget } from '../../../src/adapters/target.js';

const target = parseTarget('http://localhost:3000/hook');

function coded(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

function reason(error: Error, stage: AttemptStage, spokeHttp = true): string {
  return failureOf(error, { target, stage, spokeHttp }).reason;
}

test.each([
  ['ECONNREFUSED', 'Nothing listens on localhost:3000.'],
  ['ETIMEDOUT', 'localhost:3000 does not answer.'],
  ['EHOSTUNREACH', 'There is no route to localhost:3000.'],
  ['EADDRNOTAVAIL', 'This machine has no address or port left to reach localhost:3000 from.'],
  ['EMFILE', 'This machine has too many files open to connect.'],
  ['EACCES', 'There is no connection to localhost:3000 (EACCES).'],
])('%s while connecting: %s', (code, sentence) => {
  expect(failureOf(coded(code), { target, stage: 'connecting', spokeHttp: false })).toEqual({
    kind: 'unreachable',
    reason: sentence,
  });
});

test('a connection that is reset as it opens was accepted: the receiver broke it', () => {
  expect(failureOf(coded('ECONNRESET'), { target, stage: 'connecting', spokeHttp: true })).toEqual({
    kind: 'broken',
    reason: 'The receiver reset the connection without an answer.',
  });
});

test('of several addresses tried, a refusal says the most', () => {
  const all = new AggregateError([coded('EADDRNOTAVAIL'), coded('ECONNREFUSED')]);
  expect(reason(all, 'connecting')).toBe('Nothing listens on localhost:3000.');
});

test.each([
  ['CERT_HAS_EXPIRED', "The receiver's certificate has expired (--insecure accepts it)."],
  ['CERT_NOT_YET_VALID', "The receiver's certificate is not valid yet (--insecure accepts it)."],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    "The receiver's certificate is not for localhost (--insecure accepts it).",
  ],
  ['ERR_SSL_NO_CIPHERS', 'The TLS handshake broke (ERR_SSL_NO_CIPHERS).'],
])('%s during the handshake: %s', (code, sentence) => {
  expect(reason(coded(code), 'handshake')).toBe(sentence);
});

test('what a receiver says is shown without its control characters', () => {
  const error = Object.assign(new Error('no HTTP'), {
    name: 'HTTPParserError',
    data: '\x1b[2Jhi\x9b\nmore',
  });
  expect(reason(error, 'answering')).toBe(
    'The answer is not valid HTTP/1.1: it breaks at ".[2Jhi.".',
  );
});

test('TLS is suspected only of a receiver that has never answered', () => {
  const closed = coded('UND_ERR_SOCKET', 'other side closed');
  expect(reason(closed, 'waiting', true)).toBe(
    'The receiver closed the connection without an answer.',
  );
  expect(reason(closed, 'waiting', false)).toBe(
    'The receiver closed the connection without an answer; if it speaks TLS, its URL starts with https://.',
  );
});

test('an error nobody foresaw is named by its code', () => {
  expect(reason(coded('EWEIRD'), 'waiting')).toBe('The connection broke (EWEIRD).');
  expect(reason(new Error('odd'), 'waiting')).toBe('The connection broke (odd).');
});
