import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureEntry } from '../../src/capture/record.js';
import { anyFormat, damagedFile, FIELDS } from './damaged.js';
import { read } from './fixtures.js';

const chunkSizes = fc.array(fc.oneof(fc.nat(3), fc.nat(2000)), { maxLength: 8 });
const content = fc.oneof(
  { weight: 6, arbitrary: damagedFile },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)) },
);

describe('whatever a file holds', () => {
  it('is read to its end, the same however it comes in chunks', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(content, chunkSizes, anyFormat, async (bytes, sizes, from) => {
        const options = { format: from, ...(from === 'json-lines' ? FIELDS : {}) };
        const whole = await read(bytes, options);
        whole.forEach(expectWellFormed);
        expect((await read(bytes, options, sizes)).map(asText)).toEqual(whole.map(asText));
      }),
      { seed: 1, numRuns: 1000, interruptAfterTimeLimit: 30_000, markInterruptAsFailure: true },
    );
  });
});

function asText(entry: CaptureEntry): object {
  if (entry.kind === 'malformed') return entry;
  const { body, ...rest } = entry.record;
  return { ...entry, record: { ...rest, body: Buffer.from(body).toString('latin1') } };
}

function expectWellFormed(entry: CaptureEntry): void {
  expect(entry.at.file).toBe('given');
  if (entry.kind === 'malformed') {
    expect(entry.reason).toMatch(/^[A-Z].*\.$/s);
    return;
  }
  expect(entry.record.body).toBeInstanceOf(Uint8Array);
  expect(entry.record.headers.flat().every((text) => typeof text === 'string')).toBe(true);
}
