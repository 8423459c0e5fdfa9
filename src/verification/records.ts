import type { CapturePlace } from '../capture/record.js';

/** Why a digest does not match: what was done wrong, and what to do about it. */
export interface Cause {
  /** Stable, e.g. `secret/whitespace`. */
  readonly id: string;
  readonly explanation: string;
  readonly fix: string;
}

/** What was found out about one captured web hook. */
export interface VerifyRecord {
  readonly kind: 'entry';
  readonly at: CapturePlace;
  readonly verdict: 'genuine' | 'rejected' | 'unsigned' | 'malformed';
  readonly bodyBytes: number;
  /** Which of the given secrets fits, from 0. */
  readonly secret?: number;
  /** A sentence: why it is rejected or malformed. */
  readonly reason?: string;
  /** What the format could not keep. */
  readonly note?: string;
  /** Of a rejected one; null when none was found. */
  readonly cause?: Cause | null;
  /** What looks wrong but cannot be proved. */
  readonly suspicion?: Cause;
  /** The search for the cause was ended before everything was tried. */
  readonly searchCut?: true;
}

export interface VerifySummary {
  readonly kind: 'summary';
  readonly entries: number;
  readonly genuine: number;
  readonly rejected: number;
  readonly unsigned: number;
  readonly malformed: number;
  /** Unsigned entries are no failure. */
  readonly unsignedAllowed: boolean;
  /** Ctrl-C came before the last entry. */
  readonly interrupted: boolean;
  /** How often each cause was found, the most frequent first. */
  readonly causes: readonly { readonly id: string; readonly count: number; readonly fix: string }[];
}
