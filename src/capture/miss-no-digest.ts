import { DIGEST_HEADER } from '../webhook/scheme.js';
import { headerValues } from '../webhook/verdict.js';
import type { DigestWatch } from './left-over.js';
import type { Entries } from './reader.js';
import { malformed, type PlacedCapture, type PlacedEntry } from './record.js';

/** Unsigned requests are held back until it is sure that the file has no digest, up to this many. */
const MOST_HELD = 10_000;
const MOST_HELD_BYTES = 16 * 1024 * 1024;

const HINT = 'Name the format with --from, or the fields with --body-field and --digest-field.';
const LEFT_OVER = malformed(`No web hook was read here, though ${DIGEST_HEADER} is named.`, HINT);
const NOT_FOUND = malformed(
  `The file names ${DIGEST_HEADER}, but no digest was found with this request.`,
  HINT,
);
const NOTHING_READ = malformed(
  `The file names ${DIGEST_HEADER}, but no web hook was found in it.`,
  HINT,
);
const UNSIGNED_ALL = malformed(
  `The file names ${DIGEST_HEADER}, but no digest was found with any of its requests.`,
  HINT,
);

/**
 * Never lets a request pass for unsigned whose digest stands in the file all the same: what is left
 * over and names the header is malformed, and so is every request of a file that names the header
 * while none of its requests has it.
 */
export async function* missNoDigest(
  entries: Entries,
  watch: DigestWatch,
): AsyncGenerator<PlacedEntry> {
  const held = createHeld();
  let found: 'nothing' | 'unsigned' | 'a-digest' = 'nothing';
  for await (const given of entries) {
    const entry = given.kind === 'left-over' ? judgeLeftOver(given) : given;
    if (entry.kind === 'left-over') yield entry;
    else if (!isUnsigned(entry)) {
      yield* held.release();
      found = 'a-digest';
      yield entry;
    } else if (found === 'a-digest' || !held.add(entry)) {
      yield* held.release();
      yield entry;
      if (found === 'nothing') found = 'unsigned';
    }
  }
  if (found === 'a-digest' || !watch.seen) return yield* held.release();
  const missed = held.release();
  for (const { line, entry } of missed) yield { ...NOT_FOUND, line, entry };
  if (found === 'unsigned') yield UNSIGNED_ALL;
  else if (missed.length === 0) yield NOTHING_READ;
}

function judgeLeftOver(part: Extract<PlacedEntry, { kind: 'left-over' }>): PlacedEntry {
  return part.namesDigest ? { ...LEFT_OVER, line: part.line, entry: part.entry } : part;
}

function isUnsigned(entry: PlacedCapture): boolean {
  return entry.kind === 'capture' && headerValues(entry.record.headers, DIGEST_HEADER).length === 0;
}

function createHeld() {
  let held: PlacedCapture[] = [];
  let heldBytes = 0;
  return {
    /** False where no more is kept. */
    add: (entry: PlacedCapture): boolean => {
      heldBytes += entry.kind === 'capture' ? entry.record.body.length : 0;
      if (held.length >= MOST_HELD || heldBytes > MOST_HELD_BYTES) return false;
      held.push(entry);
      return true;
    },
    release: (): readonly PlacedCapture[] => {
      const released = held;
      held = [];
      return released;
    },
  };
}
