import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Backlog, type StoredLine } from '../../../src/listening/forward/backlog.js';
import {
  createJournalReader,
  entryOf,
  journalLines,
  type Restored,
} from '../../../src/listening/forward/journal.js';

/** Lines of these lengths, one after the other. */
function lines(lengths: readonly number[]): readonly StoredLine[] {
  let offset = 0;
  return lengths.map((bytes) => {
    const line = { offset, bytes };
    offset += bytes;
    return line;
  });
}

function restored(journal: readonly string[]): Restored | undefined {
  const reader = createJournalReader();
  for (const line of journal) reader.line(line);
  return reader.end();
}

test('the cursor stops before the first line that has not been attempted', () => {
  const backlog = new Backlog(0);
  const [one, two, three] = lines([10, 20, 30]);
  if (one === undefined || two === undefined || three === undefined) throw new Error('no lines');
  backlog.pass(three);
  backlog.pass(two);
  expect(backlog.cursor).toBe(0);
  expect([0, 10, 30].map((offset) => backlog.isAhead(offset))).toEqual([false, true, true]);
  backlog.pass(one);
  expect(backlog.cursor).toBe(60);
  expect(backlog.isAhead(30)).toBe(false);
});

test('retries come when they are due, the first due first', () => {
  const backlog = new Backlog(0);
  for (const dueMs of [30, 10, 20, 10]) {
    backlog.retryLater({ offset: dueMs, bytes: 1, attempts: 1, dueMs });
  }
  expect(backlog.nextDueMs).toBe(10);
  expect(backlog.takeDue(9)).toBeUndefined();
  expect([1, 2, 3].map(() => backlog.takeDue(20)?.dueMs)).toEqual([10, 10, 20]);
  expect(backlog.takeDue(20)).toBeUndefined();
});

test('whatever order attempts end in, nothing is forgotten and the cursor reaches the end', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 1_000 }), { maxLength: 30 });
  const shuffledLines = lengths.chain((found) =>
    fc.tuple(
      fc.constant(found),
      fc.shuffledSubarray([...lines(found)], { minLength: found.length }),
    ),
  );
  fc.assert(
    fc.property(shuffledLines, ([found, order]) => {
      const backlog = new Backlog(0);
      order.forEach((line, index) => {
        backlog.pass(line);
        const open = order.slice(index + 1).map(({ offset }) => offset);
        const end = found.reduce((sum, bytes) => sum + bytes, 0);
        expect(backlog.cursor).toBe(Math.min(end, ...open));
        for (const offset of open) expect(backlog.isAhead(offset)).toBe(false);
      });
    }),
  );
});

test('a journal gives back what was written down, shortened or not', () => {
  const [one, two, three] = lines([10, 20, 30]);
  if (one === undefined || two === undefined || three === undefined) throw new Error('no lines');
  const retry = { ...two, attempts: 2, dueMs: 1_767_225_600_000 };
  const journal = [
    '{"kind":"forwarding","schemaVersion":1,"from":0}',
    JSON.stringify({ ...one, result: 'delivered' }),
    JSON.stringify(entryOf({ ...two, attempts: 1, dueMs: 0 })),
    '{"kind":"forwarding","schemaVersion":1,"from":0,"firstLine":"abc"}',
    JSON.stringify(entryOf(retry)),
    JSON.stringify({ ...three, result: 'lost' }),
  ];
  const first = restored(journal);
  expect(first?.backlog.cursor).toBe(60);
  expect(first?.backlog.retries).toEqual([retry]);
  expect(first?.firstLine).toBe('abc');
  const short = journalLines(first?.backlog ?? new Backlog(0), first?.firstLine);
  expect(short).toEqual([
    '{"kind":"forwarding","schemaVersion":1,"from":60,"firstLine":"abc"}',
    '{"offset":10,"bytes":20,"result":"refused","attempts":2,"dueAt":"2026-01-01T00:00:00.000Z"}',
  ]);
  const second = restored(short);
  expect(second?.backlog.cursor).toBe(60);
  expect(second?.backlog.retries).toEqual([retry]);
});

test('a journal without a beginning says nothing', () => {
  expect(restored([])).toBeUndefined();
  expect(restored(['{"offset":0,"bytes":10,"result":"delivered"}', 'no JSON'])).toBeUndefined();
});

test('what was refused and then delivered is not tried again', () => {
  const journal = [
    '{"kind":"forwarding","schemaVersion":1,"from":0}',
    JSON.stringify(entryOf({ offset: 0, bytes: 5, attempts: 1, dueMs: 0 })),
    '{"offset":0,"bytes":5,"result":"delivered"}',
  ];
  expect(restored(journal)?.backlog.retries).toEqual([]);
});
