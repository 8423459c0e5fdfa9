import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { unpack } from '../../src/adapters/capture-inputs.js';
import { gunzip } from '../../src/adapters/gunzip.js';
import { type ReadOptions, readCaptures } from '../../src/capture/read-captures.js';
import type { CaptureEntry } from '../../src/capture/record.js';
import { type ByteSource, mostHeld, readWhole } from '../../src/capture/source.js';

const MIB = 2 ** 20;
/** 1 GiB of a page in 1 MB: a gzip file may have many members, one after the other. */
const BOMB = Buffer.concat(Array<Buffer>(1_024).fill(gzipSync(Buffer.alloc(MIB, 'x'))));
const HOSTILE = { file: 'bomb.gz', format: 'har' } as const;

async function* chunksOf(bytes: Buffer, size = 64 * 1024) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function entriesOf(source: ByteSource, options: ReadOptions) {
  const entries: CaptureEntry[] = [];
  for await (const entry of readCaptures(source, options)) entries.push(entry);
  return entries;
}

test('what is packed comes out as it went in, however it is cut', async () => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
  for (const size of [1, 1_000, 1_000_000]) {
    const read = await readWhole(gunzip(chunksOf(gzipSync(bytes), size), 'a.gz'), MIB);
    expect(read).toEqual({ kind: 'whole', bytes });
  }
});

test.each([
  ['of a file', (bytes: Buffer) => Promise.resolve(gunzip(chunksOf(bytes, MIB), 'bomb.gz'))],
  ['of standard input', (bytes: Buffer) => unpack(chunksOf(bytes), 'Standard input')],
])('a gzip bomb %s is refused when a fraction of it has been unpacked', async (_what, open) => {
  const source = await open(BOMB);
  expect(await entriesOf(source, HOSTILE)).toMatchObject([
    {
      kind: 'malformed',
      reason: `The file unpacks to more than ${64 * MIB} bytes, too much for how small it is; unpack it first.`,
    },
  ]);
  expect(source.packedBytes?.()).toBeLessThan(BOMB.length / 4);
});

test('a line of a gzip bomb is not kept', async () => {
  const source = gunzip(chunksOf(BOMB.subarray(0, BOMB.length / 8)), 'bomb.gz');
  expect(await entriesOf(source, { file: 'b.gz', format: 'ndjson' })).toMatchObject([
    { kind: 'malformed', reason: `The line is longer than ${64 * MIB} bytes.` },
  ]);
});

test.each([
  ['what is not packed is bound by what fits into memory', undefined, 500],
  ['a small packed file may unpack to 64 MiB', 0.5, 64],
  ['a larger one to 64 times its size', 3, 192],
  ['and none to more than what is not packed', 100, 500],
])('%s', (_what, packedMib, mib) => {
  const packed = packedMib === undefined ? {} : { packedBytes: () => packedMib * MIB };
  const source = { ...packed, [Symbol.asyncIterator]: () => chunksOf(Buffer.alloc(0)) };
  expect(mostHeld(source, 500 * MIB)).toBe(mib * MIB);
});
