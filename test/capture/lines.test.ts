import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineSplitter, type Line } from '../../src/capture/lines.js';

type Seen = readonly [number: number, text: string, ending: Line['ending']];

function split(chunks: readonly Uint8Array[], maxLineBytes?: number): readonly Seen[] {
  const seen: Seen[] = [];
  const splitter = createLineSplitter(({ buffer, start, end, number, ending }) => {
    seen.push([number, buffer.toString('utf8', start, end), ending]);
  }, maxLineBytes);
  for (const chunk of chunks) splitter.push(chunk);
  splitter.finish();
  return seen;
}

const bytes = (text: string) => Buffer.from(text, 'utf8');

describe('the line splitter', () => {
  it('numbers lines from 1 and says when the last one has no newline', () => {
    expect(split([bytes('one\ntw'), bytes('o\n\nfour')])).toEqual([
      [1, 'one', 'newline'],
      [2, 'two', 'newline'],
      [3, '', 'newline'],
      [4, 'four', 'cut'],
    ]);
  });

  it('leaves a byte order mark out of the first line only', () => {
    expect(split([Buffer.of(0xef), Buffer.of(0xbb, 0xbf), bytes('a\n\ufeffb\n')])).toEqual([
      [1, 'a', 'newline'],
      [2, '\ufeffb', 'newline'],
    ]);
  });

  it('does not keep a line that is too long', () => {
    expect(split([bytes('123'), bytes('4567\n89\n')], 5)).toEqual([
      [1, '', 'too-long'],
      [2, '89', 'newline'],
    ]);
  });

  it('says where each line starts in the file', () => {
    const offsets: number[] = [];
    const splitter = createLineSplitter(({ offset }) => offsets.push(offset), 6);
    for (const chunk of ['\ufeffone\n', 'tw', 'o\n\ntoo long\nlast']) {
      splitter.push(bytes(chunk));
    }
    splitter.finish();
    expect(offsets).toEqual([3, 7, 11, 12, 21]);
  });

  it('gives the same lines however the bytes are cut into chunks', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '\n', '\r', 'é', '\ufeff'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(text, fc.array(fc.nat(10)), (content, sizes) => {
        expect(split(cut(bytes(content), sizes), 8)).toEqual(split([bytes(content)], 8));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

function cut(content: Buffer, sizes: readonly number[]): readonly Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(content.subarray(at, at + size));
    at += size;
  }
  return [...chunks, content.subarray(at)];
}
