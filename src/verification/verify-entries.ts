// The room of the verification: each entry of a capture judged, one by one or range by range.
import type { CaptureEntry } from '../capture/record.js';
import { type Judges, judgeEntry, neighbourOf } from './judge-entry.js';
import type { VerifyRecord } from './records.js';

/** Judges entries as they come, each with the one before and the one after it at hand. */
export async function* verifyEntries(
  entries: AsyncIterable<CaptureEntry>,
  judges: Judges,
): AsyncGenerator<VerifyRecord> {
  let previous: CaptureEntry | undefined;
  let current: CaptureEntry | undefined;
  for await (const next of entries) {
    if (current !== undefined) yield judge(previous, current, next, judges);
    previous = current;
    current = next;
  }
  if (current !== undefined) yield judge(previous, current, undefined, judges);
}

function judge(
  previous: CaptureEntry | undefined,
  entry: CaptureEntry,
  next: CaptureEntry | undefined,
  judges: Judges,
): VerifyRecord {
  return judgeEntry(entry, judges, () => [
    ...(previous?.kind === 'capture' ? [neighbourOf('previous', previous.record)] : []),
    ...(next?.kind === 'capture' ? [neighbourOf('next', next.record)] : []),
  ]);
}
