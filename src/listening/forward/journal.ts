import * as v from 'valibot';
import { parseJson } from '../../capture/json-value.js';
import { Backlog, type Retry, type StoredLine } from './backlog.js';

/** What came of an attempt to pass a line on, as it is kept beside the capture file. */
export type Entry = StoredLine &
  (
    | { readonly result: 'delivered' | 'lost' | 'skipped' }
    | { readonly result: 'refused'; readonly attempts: number; readonly dueAt: string }
  );

/** Tells one capture file from another that has taken its place: the digest of its first line. */
export interface Start {
  readonly kind: 'forwarding';
  readonly schemaVersion: 1;
  /** Everything before this has been attempted, or was never meant to be. */
  readonly from: number;
  /** Absent while the file has no line. */
  readonly firstLine?: string | undefined;
}

const offset = v.pipe(v.number(), v.integer(), v.minValue(0));
const place = { offset, bytes: v.pipe(v.number(), v.integer(), v.minValue(1)) };

const schema = v.union([
  v.object({
    kind: v.literal('forwarding'),
    schemaVersion: v.literal(1),
    from: offset,
    firstLine: v.optional(v.string()),
  }),
  v.object({ ...place, result: v.picklist(['delivered', 'lost', 'skipped']) }),
  v.object({
    ...place,
    result: v.literal('refused'),
    attempts: v.pipe(v.number(), v.integer(), v.minValue(1)),
    dueAt: v.pipe(v.string(), v.isoTimestamp()),
  }),
]);

/** Reads what earlier listeners wrote down. */
export interface JournalReader {
  /** What cannot be read is left out: then a request is sent once more, and none is forgotten. */
  line(text: string): void;
  end(): Restored | undefined;
}

export interface Restored {
  readonly firstLine: string | undefined;
  readonly backlog: Backlog;
}

export function createJournalReader(): JournalReader {
  const retries = new Map<number, Retry>();
  let backlog: Backlog | undefined;
  let firstLine: string | undefined;

  return { line, end };

  function line(text: string): void {
    const { success, output } = v.safeParse(schema, parseJson(text));
    if (!success) return;
    if ('kind' in output) {
      backlog ??= new Backlog(output.from);
      firstLine = output.firstLine ?? firstLine;
      return;
    }
    backlog?.pass(output);
    if (output.result === 'refused') retries.set(output.offset, retryOf(output));
    else retries.delete(output.offset);
  }

  function end(): Restored | undefined {
    if (backlog === undefined) return undefined;
    for (const retry of retries.values()) backlog.retryLater(retry);
    return { firstLine, backlog };
  }
}

function retryOf({ offset, bytes, attempts, dueAt }: Extract<Entry, { result: 'refused' }>): Retry {
  return { offset, bytes, attempts, dueMs: Date.parse(dueAt) };
}

/** The shortest journal that says the same. */
export function journalLines(backlog: Backlog, firstLine: string | undefined): readonly string[] {
  const start: Start = { kind: 'forwarding', schemaVersion: 1, from: backlog.cursor, firstLine };
  return [start, ...backlog.retries.map(entryOf)].map((line) => JSON.stringify(line));
}

/** The entry of a request that is to be sent again. */
export function entryOf({ offset, bytes, attempts, dueMs }: Retry): Entry {
  return { offset, bytes, result: 'refused', attempts, dueAt: new Date(dueMs).toISOString() };
}
