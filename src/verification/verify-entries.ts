// The room of the verification: each entry of a capture judged, one by one or range by range.
import type { CaptureEntry } from '../capture/record.js';
import { type Judges, judgeEntry, neighbourOf } from './judge-entry.js';
import type { VerifyRecord } from './records.js';

/** How entries are judged: quickly, and with the search for causes once something is rejected. */
export interface LazyJudges {
  readonly quick: Judges;
  readonly load: () => Promise<Judges>;
}

/** Judges entries as they come, each with the one before and the one after it at hand. */
export async function* verifyEntries(
  entries: AsyncIterable<CaptureEntry>,
  judges: LazyJudges,
): AsyncGenerator<VerifyRecord> {
  let previous: CaptureEntry | undefined;
  let current: CaptureEntry | undefined;
  for await (const next of entries) {
    if (current !== undefined) yield await judge(previous, current, next, judges);
    previous = current;
    current = next;
  }
  if (current !== undefined) yield await judge(previous, current, undefined, judges);
}

async function judge(
  previous: CaptureEntry | undefined,
  entry: CaptureEntry,
  next: CaptureEntry | undefined,
  { quick, load }: LazyJudges,
): Promise<VerifyRecord> {
  const found = judgeEntry(entry, quick, () => []);
  const isSettled = entry.kind === 'malformed' || !needsCause(found);
  if (isSettled) return found;
  return judgeEntry(entry, await load(), () => [
    ...(previous?.kind === 'capture' ? [neighbourOf('previous', previous.record)] : []),
    ...(next?.kind === 'capture' ? [neighbourOf('next', next.record)] : []),
  ]);
}

/** Of what is in doubt too: a cause would clear it. */
function needsCause({ verdict }: VerifyRecord): boolean {
  return verdict === 'rejected' || verdict === 'malformed';
}
