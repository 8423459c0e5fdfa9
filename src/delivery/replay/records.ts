import type { CapturePlace } from '../../capture/record.js';
import type { EventLabel } from '../records.js';

/** What became of the entries of a capture before anything was sent. */
export interface CaptureCounts {
  readonly entries: number;
  readonly malformed: number;
  /** Requests that are no POST, which no web hook is. */
  readonly otherMethods: number;
  /** Left away by the selection. */
  readonly unselected: number;
  readonly replayed: number;
}

/** Why an entry cannot be replayed: a sentence of its reader's, or what is found here. */
export type MalformedReason = string | { readonly code: 'unsendable'; readonly header: string };

/** An entry that cannot be replayed. */
export interface MalformedRecord {
  readonly kind: 'malformed';
  readonly at: CapturePlace;
  readonly reason: MalformedReason;
  readonly hint?: string;
}

/** A sentence on what the capture could not keep, and how many entries it holds for. */
export interface CaptureNote {
  readonly note: string;
  readonly entries: number;
}

/** What a dry run shows of one request. */
export interface PlannedRecord extends EventLabel {
  readonly kind: 'planned';
  readonly at: CapturePlace;
  /** In plan milliseconds. */
  readonly dueMs: number;
  readonly bodyBytes: number;
  /** The values of the digest header, in order; what is no digest is only described. */
  readonly digests: readonly string[];
}
