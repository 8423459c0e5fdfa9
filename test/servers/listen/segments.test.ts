import { fstatSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Segments } from '../../../src/servers/listen/store/segments.js';
import { newFolder } from './listening.js';

/** What happens to the file of a log, with the bytes that come of it. */
type Move = readonly [what: 'write' | 'replaced' | 'grown', bytes: number];

const move: fc.Arbitrary<Move> = fc.tuple(
  fc.constantFrom('write' as const, 'replaced' as const, 'grown' as const),
  fc.integer({ min: 1, max: 9 }),
);
const MOST_KEPT = 8;

function opened(folder: string, name: string): number {
  return openSync(join(folder, name), 'a+');
}

test('a place of a log is found in whichever file has it', async () => {
  const folder = await newFolder();
  let files = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: MOST_KEPT }), async (moves) => {
      let fd = opened(folder, `${files++}`);
      const segments = new Segments(fd, 0);
      segments.keepOld();
      let log = '';
      for (const [number, [what, bytes]] of moves.entries()) {
        const text = String(number).repeat(bytes);
        if (what === 'replaced') fd = opened(folder, `${files++}`);
        writeSync(fd, text);
        if (what === 'write') segments.grow(bytes);
        else segments.change({ kind: what, fd, sizeBytes: fstatSync(fd).size });
        // What others added to the same file is stepped over; what they put into a new one is not.
        if (what !== 'grown') log += text;
        expect(segments.sizeBytes).toBe(log.length);
        expect(segments.fileBytes).toBe(fstatSync(fd).size);
      }
      let read = '';
      while (read.length < log.length) {
        read += (await segments.read(read.length, log.length)).toString();
      }
      expect(read).toBe(log);
      segments.close();
    }),
    { numRuns: 50 },
  );
});

test('what was cut off cannot be read, and what comes after it can', async () => {
  const folder = await newFolder();
  const fd = opened(folder, 'log');
  const segments = new Segments(fd, 0);
  segments.keepOld();
  segments.grow(writeSync(fd, 'lost\n'));
  segments.change({ kind: 'shortened', fd, sizeBytes: 5 });
  segments.grow(writeSync(fd, 'kept\n'));
  expect((await segments.read(0, 5)).toString()).toBe('');
  expect(segments.readableFrom(2)).toBe(5);
  expect((await segments.read(5, 9)).toString()).toBe('kept\n');
});

test('files that were moved away are closed, but for the last few when somebody reads them', async () => {
  const folder = await newFolder();
  const moved = async (keeps: boolean) => {
    const fds = Array.from({ length: 12 }, (_, index) => opened(folder, `${keeps}-${index}`));
    const segments = new Segments(fds[0] ?? -1, 0);
    if (keeps) segments.keepOld();
    segments.grow(1);
    for (const fd of fds.slice(1)) {
      segments.change({ kind: 'replaced', fd, sizeBytes: 0 });
      segments.grow(1);
    }
    return { segments, open: fds.map(isOpen) };
  };
  const kept = await moved(true);
  expect(kept.open).toEqual([...Array(3).fill(false), ...Array(9).fill(true)]);
  expect(kept.segments.readableFrom(0)).toBe(1);
  kept.segments.close();
  expect((await moved(false)).open.filter(Boolean)).toHaveLength(1);
});

function isOpen(fd: number): boolean {
  try {
    fstatSync(fd);
    return true;
  } catch {
    return false;
  }
}
