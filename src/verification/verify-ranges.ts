import type { FileRange } from './file-ranges.js';
import type { VerifyRecord } from './records.js';
import type { BlockVerdict } from './verify-range.js';

/** Judges one range; the line numbers of its records count from the range's own first line. */
export type RangeJudge = (
  range: FileRange,
  index: number,
  listGenuine: number,
) => BlockVerdict | Promise<BlockVerdict>;

export interface RangesOptions {
  /** Ranges under way at once. */
  readonly window: number;
  /** Genuine entries of the file that are listed; the rest is only counted. */
  readonly listGenuine: number;
}

/** Judges the ranges of a file, several at once, and gives what they came to in order of the file. */
export async function* verifyRanges(
  ranges: Iterable<FileRange>,
  judge: RangeJudge,
  { window, listGenuine }: RangesOptions,
): AsyncGenerator<BlockVerdict> {
  const source = ranges[Symbol.iterator]();
  const underWay: Promise<BlockVerdict>[] = [];
  let started = 0;
  let lines = 0;
  let left = listGenuine;
  for (;;) {
    while (underWay.length < window) {
      const next = source.next();
      if (next.done === true) break;
      underWay.push(Promise.resolve(judge(next.value, started, left)));
      started += 1;
    }
    const first = underWay.shift();
    if (first === undefined) return;
    const verdict = await first;
    yield { ...verdict, records: verdict.records.map((record) => movedDown(record, lines)) };
    lines += verdict.lines;
    left = Math.max(0, left - verdict.records.length);
  }
}

function movedDown(record: VerifyRecord, lines: number): VerifyRecord {
  if (lines === 0) return record;
  return { ...record, at: { ...record.at, line: (record.at.line ?? 0) + lines } };
}
