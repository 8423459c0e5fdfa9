import { describe, expect, it } from 'vitest';
import { read } from '../fixtures.js';

async function messages(text: string) {
  const entries = await read(Buffer.from(text, 'latin1'), { format: 'http' });
  return entries.map((entry) =>
    entry.kind === 'capture' ? Buffer.from(entry.record.body).toString('latin1') : entry.reason,
  );
}

const POST = 'POST / HTTP/1.1\r\n';
const CHUNKED = `${POST}Transfer-Encoding: gzip, Chunked\r\n\r\n`;

describe('an HTTP message', () => {
  it.each([
    ['without a length goes on to the end', `${POST}\r\n{"a":1}\n`, ['{"a":1}\n']],
    ['without a length ends before the next one', `${POST}\r\na\r\n\r\n${POST}\r\nb`, ['a', 'b']],
    ['of a method without a body has none', 'GET / HTTP/1.1\n\nx\nPOST / HTTP/1.0\n\ny', ['', 'y']],
    [
      'may follow the other at once',
      `${POST}Content-Length: 1\r\n\r\na${POST}Content-Length:1\r\n\r\nb`,
      ['a', 'b'],
    ],
    [
      'is decoded from chunks',
      `${CHUNKED}3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nT: 1\r\n\r\n`,
      ['abc0123456789'],
    ],
    [
      'is decoded from chunks with LF endings',
      'POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n1\na\n0\n\n',
      ['a'],
    ],
    ['decoded before it was saved is left alone', `${CHUNKED}{"a":1}`, ['{"a":1}']],
    ['keeps a body of any bytes', `${POST}Content-Length: 3\r\n\r\n\xff\x00\n`, ['\xff\x00\n']],
    [
      'may hold a body that looks like a message',
      `${POST}Content-Length: 21\r\n\r\n\r\nPOST / HTTP/1.1\r\n\r\n\r\n`,
      ['\r\nPOST / HTTP/1.1\r\n\r\n'],
    ],
  ])('%s', async (_, text, bodies) => {
    expect(await messages(text)).toEqual(bodies);
  });

  it.each([
    [
      `${POST}Content-Length: 5\r\n\r\nab`,
      'Content-Length is 5, but only 2 bytes follow: the body is cut off.',
    ],
    [
      `${POST}Content-Length: 1\r\n\r\nab`,
      'Content-Length is 1, but more than that follows before the next message.',
    ],
    [`${POST}Content-Length: x\r\n\r\nab`, 'The Content-Length "x" is no number.'],
    [
      `${POST}Content-Length: 1\r\ncontent-length: 2\r\n\r\nab`,
      'The message has several Content-Length headers that differ.',
    ],
    [`${POST}Content-Length: 1`, 'The message is cut off before the blank line after its headers.'],
    [`${POST}oops\r\n\r\n`, 'A header line of the message has no name and colon.'],
    [`${CHUNKED}3\r\nab`, 'The chunked body is cut off before its last chunk.'],
    [
      `${CHUNKED}1\r\na\r\nzz\r\n`,
      'The chunked body has something else where a chunk size belongs.',
    ],
  ])('that is broken is malformed, and the next one is read (%#)', async (broken, reason) => {
    expect(await messages(broken)).toEqual([reason]);
    const cutHead = reason.includes('before the blank line');
    if (!cutHead) expect((await messages(`${broken}\r\n${POST}\r\nnext`)).at(-1)).toBe('next');
  });

  it('keeps header bytes, joins folded lines and takes blanks off', async () => {
    const head = `${POST}X-A: \xe9\xa0 \r\nx-a:\t2\r\nX-B: one\r\n  two\r\n\r\n`;
    expect(await read(Buffer.from(head, 'latin1'))).toMatchObject([
      {
        record: {
          headers: [
            ['X-A', '\xe9\xa0'],
            ['x-a', '2'],
            ['X-B', 'one two'],
          ],
        },
      },
    ]);
  });
});

describe('a session of netcat', () => {
  const message = 'POST / HTTP/1.1\r\nContent-Length: 7\r\n\r\n{"a":1}';

  it.each([
    [
      'ncat -v',
      'Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Listening on 127.0.0.1:80\n',
      '',
    ],
    ['nc -lv', 'Listening on 0.0.0.0 8080\nConnection received on localhost 40210\n', '\n^C\n'],
    [
      'another nc -lv',
      'listening on [any] 80 ...\nconnect to [127.0.0.1] from a [127.0.0.1] 1\n',
      '',
    ],
  ])('%s may say what it does', async (_, before, after) => {
    const text = `${before}${message}${after}${before}${message}`;
    const entries = await read(text);
    expect(
      entries.map((entry) => entry.kind === 'capture' && Buffer.from(entry.record.body).toString()),
    ).toEqual(['{"a":1}', '{"a":1}']);
  });

  it('says where a body without a length ends', async () => {
    const text =
      'Listening on 0.0.0.0 80\nPOST / HTTP/1.0\n\n{"a":1}\nConnection received on a 1\n';
    expect(await messages(text)).toEqual(['{"a":1}']);
  });
});

it('a byte order mark before a message is no part of it', async () => {
  const [entry] = await read('\ufeffPOST /h HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}');
  expect(entry).toMatchObject({ kind: 'capture', record: { method: 'POST', path: '/h' } });
});
