import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AnswerReader } from '../../../src/adapters/http/load/answer-reader.js';

/** Reads an answer in pieces, then the end of the connection where it is asked for. */
function read(pieces: readonly string[], end = false) {
  const reader = new AnswerReader();
  reader.expectAnswer();
  for (const piece of pieces) reader.take(Buffer.from(piece, 'latin1'));
  if (end) reader.end();
  const { place, head, hasMore } = reader;
  return { place, status: head?.status, keepsAlive: head?.keepsAlive, hasMore };
}

function headed(...lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}

const WHOLE: readonly (readonly [string, string, boolean])[] = [
  ['no body', headed('HTTP/1.1 204 No Content'), true],
  ['a length', `${headed('HTTP/1.1 200 OK', 'Content-Length: 5')}hello`, true],
  ['the length twice', `${headed('HTTP/1.1 200', 'content-length: 1', 'Content-Length:1')}x`, true],
  [
    'chunks, an extension and a trailer',
    `${headed('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked')}5;a=b\r\nhello\r\n00\r\nA: b\r\n\r\n`,
    true,
  ],
  [
    'chunks whose content looks like their end',
    `${headed('HTTP/1.1 200 OK', 'transfer-encoding: gzip, Chunked')}5\r\n0\r\n\r\n\r\n0\r\n\r\n`,
    true,
  ],
  [
    'chunks and a length',
    `${headed('HTTP/1.1 200 OK', 'Content-Length: 3', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
    false,
  ],
  ['a close', headed('HTTP/1.1 503 Busy', 'Connection: Close', 'Content-Length: 0'), false],
  ['HTTP/1.0', headed('HTTP/1.0 200 OK', 'Content-Length: 0'), false],
  ['HTTP/1.0 kept', headed('HTTP/1.0 200 OK', 'Connection: keep-alive', 'Content-Length: 0'), true],
];

describe('an answer is whole, however it is cut, with', () => {
  test.each(WHOLE)('%s', (_what, text, keepsAlive) => {
    const status = Number(text.slice(9, 12));
    const whole = { place: 'complete', status, keepsAlive, hasMore: false };
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), (cuts) => {
        const edges = [0, ...cuts.toSorted((one, other) => one - other), text.length];
        const pieces = edges.slice(1).map((edge, index) => text.slice(edges[index], edge));
        expect(read(pieces)).toEqual(whole);
      }),
    );
    expect(read([...text])).toEqual(whole);
    expect(read([text, 'x'])).toMatchObject({ place: 'complete', hasMore: true });
    expect(read([`${text}x`])).toMatchObject({ place: 'complete', hasMore: true });
  });

  test('only the end of the connection, where nothing says how long it is', () => {
    const text = `${headed('HTTP/1.1 200 OK')}abc`;
    expect(read([text])).toMatchObject({ place: 'body', keepsAlive: false });
    expect(read([text], true)).toMatchObject({ place: 'complete', keepsAlive: false });
  });
});

test('one reader reads answer after answer, alike or not', () => {
  const reader = new AnswerReader();
  const alike = headed('HTTP/1.1 200 OK', 'Content-Length: 0');
  const other = headed('HTTP/1.1 500 No', 'Content-Length: 0');
  for (const [text, status] of [
    [alike, 200],
    [alike, 200],
    [other, 500],
    [alike, 200],
  ] as const) {
    reader.expectAnswer();
    expect(reader.take(Buffer.from(text))).toBe('complete');
    expect(reader.head?.status).toBe(status);
  }
});

describe('it is no answer with', () => {
  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['another protocol, at once', 'S'],
    ['another version', 'HTTP/2.0 200 OK\r\n'],
    ['a status that is no number', headed('HTTP/1.1 2x0 OK')],
    ['a header that is none', headed('HTTP/1.1 200 OK', 'Bad Header')],
    ['a header that goes on', headed('HTTP/1.1 200 OK', 'A: b', ' c')],
    ['a length that is a word', headed('HTTP/1.1 200 OK', 'Content-Length: abc')],
    ['two lengths', headed('HTTP/1.1 200 OK', 'Content-Length: 1', 'Content-Length: 2')],
    ['a chunk that is none', `${headed('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked')}zz\r\n`],
    [
      'a chunk that is longer',
      `${headed('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked')}1\r\nab\r\n`,
    ],
    ['a head without end', `HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(20_000)}`],
  ])('%s', (_what, text) => {
    expect(() => read([text])).toThrow('invalid answer');
  });
});
