import { expect, test } from 'vitest';
import { type ByteSpan, createRereader, readOwnFile } from '../../src/capture/own-file.js';
import { formatCapture } from '../../src/capture/own-format.js';
import type { PlacedCapture } from '../../src/capture/record.js';
import type { RandomAccess } from '../../src/ports.js';
import { fixture, read } from './fixtures.js';

/** As a file behaves: the buffer is reused, whatever lies behind the bytes. */
function accessTo(file: Uint8Array): RandomAccess & { reads: number } {
  let lent = Buffer.alloc(0);
  const access = {
    reads: 0,
    sizeBytes: file.length,
    read: (from: number, to: number) => {
      lent.fill('#');
      lent = Buffer.from(file.subarray(from, to));
      access.reads += 1;
      return lent;
    },
  };
  return access;
}

function entriesOf(file: Uint8Array) {
  const entries: (PlacedCapture & { readonly span: ByteSpan })[] = [];
  const blocks = readOwnFile(accessTo(file), (entry, span) => entries.push({ ...entry, span }));
  expect([...blocks].length).toBe(Math.ceil(file.length / 2 ** 20));
  return entries;
}

test('a plain file gives the entries that its stream gives', async () => {
  const file = fixture('captures.ndjson');
  const expected = await read(file);
  const found = entriesOf(file).map(({ span: _span, line, entry, ...parsed }) => ({
    ...parsed,
    at: { file: 'given', line, entry },
  }));
  expect(found).toEqual(expected);
});

test('each capture can be read again alone, in any order', () => {
  const bodies = ['{"a":1}', 'é\n"', ''].map((text) => Buffer.from(text));
  const lines = bodies.map((body) => formatCapture({ headers: [['A', 'b']], body }));
  const file = Buffer.from(`\ufeff${lines.join('\r\n')}`);
  const reread = createRereader(accessTo(file));
  const spans = entriesOf(file).map(({ span }) => span);
  for (const place of [2, 0, 1, 1, 0, 2]) {
    const span = spans[place] ?? { offset: 0, bytes: 0 };
    expect(reread(span)).toEqual({ headers: [['A', 'b']], body: bodies[place] });
  }
});

test('reading on in order asks for many captures at once', () => {
  const line = `${formatCapture({ headers: [], body: Buffer.from('x'.repeat(200)) })}\n`;
  const file = Buffer.from(line.repeat(4_000));
  const access = accessTo(file);
  const spans = entriesOf(file).map(({ span }) => span);
  const reread = createRereader(access);
  for (const span of spans) expect(reread(span)?.body).toHaveLength(200);
  expect(access.reads).toBeLessThan(10);
});

test('a file that has changed gives no capture', () => {
  const reread = createRereader(accessTo(Buffer.from('{"kind":"capt')));
  expect(reread({ offset: 0, bytes: 200 })).toBeUndefined();
});
