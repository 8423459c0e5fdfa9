// The room of the replay: captured web hooks as the events of a run.
import type { ByteSpan } from '../../capture/own-file.js';
import {
  type CaptureRecord,
  type FoundCapture,
  isPost,
  type ParsedCapture,
} from '../../capture/record.js';
import type { DigestCheck } from '../../webhook/digest-check.js';
import { recognise } from '../../webhook/kinds/recognise.js';
import {
  type CapturedEvents,
  type CapturedPlace,
  createCapturedEvents,
} from './captured-events.js';
import { type CapturedRequests, createCapturedRequests, type Reread } from './captured-requests.js';
import { forwardable } from './forwardable.js';
import type { CaptureCounts, CaptureNote, MalformedReason, MalformedRecord } from './records.js';
import type { Selection } from './selection.js';
import { type CaptureVerdict, verdictOf } from './verdict-of.js';

/** Sorts the entries of a capture: what is replayed, and what is said of the rest. */
export interface Collector {
  readonly requests: CapturedRequests;
  readonly events: CapturedEvents;
  readonly malformed: readonly MalformedRecord[];
  readonly notes: readonly CaptureNote[];
  readonly counts: CaptureCounts;
  add(entry: ParsedCapture, place: CapturedPlace, span?: ByteSpan): void;
}

export interface CollectorOptions {
  readonly file: string;
  readonly selection: Selection;
  /** Without one no verdict can be asked for. */
  readonly check: DigestCheck | undefined;
  readonly reread: Reread | undefined;
}

/** Malformed entries beyond this many are counted, not listed. */
const LISTED_MALFORMED = 1_000;
const LISTED_NOTES = 20;
/** Requests of a file that can be read again are kept in memory up to this. */
const KEPT_BYTES = 128 * 1024 * 1024;

export function createCollector(options: CollectorOptions): Collector {
  const { file, selection, check, reread } = options;
  const requests = createCapturedRequests(reread, KEPT_BYTES);
  const events = createCapturedEvents();
  const malformed: MalformedRecord[] = [];
  const notes = new Map<string, number>();
  const counts = { entries: 0, malformed: 0, otherMethods: 0, unselected: 0 };

  const addMalformed = (
    reason: MalformedReason,
    { line, entry }: CapturedPlace,
    hint?: string,
  ): void => {
    counts.malformed += 1;
    if (malformed.length >= LISTED_MALFORMED) return;
    const record = { kind: 'malformed', at: { file, line, entry }, reason } as const;
    malformed.push(hint === undefined ? record : { ...record, hint });
  };

  const addFound = (found: FoundCapture, place: CapturedPlace, span?: ByteSpan): void => {
    const { record, doubt } = found;
    if (doubt?.others !== undefined) return addMalformed(doubt.reason, place, doubt.hint);
    if (!isPost(record)) {
      counts.otherMethods += 1;
      return;
    }
    const prepared = forwardable(record);
    if (prepared.kind === 'unsendable') {
      return addMalformed({ code: 'unsendable', header: prepared.header }, place);
    }
    const recognised = recognise(record.body);
    const atMs = Date.parse(record.at ?? '');
    if (!selection.matches(recognised, () => judge(record, check))) {
      counts.unselected += 1;
      requests.skip();
      return events.addUnselected(atMs);
    }
    requests.add(prepared.request, span);
    events.add({ atMs, recognised, place });
    if (found.note !== undefined) addNote(found.note);
  };

  const addNote = (note: string): void => {
    if (notes.has(note) || notes.size < LISTED_NOTES) notes.set(note, (notes.get(note) ?? 0) + 1);
  };

  return {
    requests,
    events,
    malformed,
    get notes() {
      return [...notes].map(([note, entries]) => ({ note, entries }));
    },
    get counts() {
      return { ...counts, replayed: events.selected };
    },
    add: (entry, place, span) => {
      counts.entries += 1;
      if (entry.kind === 'malformed') addMalformed(entry.reason, place, entry.hint);
      else addFound(entry, place, span);
    },
  };
}

function judge(record: CaptureRecord, check: DigestCheck | undefined): CaptureVerdict {
  if (check === undefined) throw new TypeError('a verdict takes a secret');
  return verdictOf(record, check);
}
