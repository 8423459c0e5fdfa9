import type { CapturePlace } from '../capture/record.js';
import type { Cause, Suspicion } from '../diagnosis/diagnosis.js';
import type { VerifyReason } from './reason.js';

/** What was found out about one captured web hook. */
export interface VerifyRecord {
  readonly kind: 'entry';
  readonly at: CapturePlace;
  readonly verdict: 'genuine' | 'rejected' | 'unsigned' | 'malformed';
  readonly bodyBytes: number;
  /** When it was received, ISO 8601 in UTC, where the capture says so. */
  readonly receivedAt?: string;
  /** Which of the given secrets fits, from 0. */
  readonly secret?: number;
  /** Why it is rejected or malformed. */
  readonly reason?: VerifyReason;
  /** Of a malformed one: what to type instead. */
  readonly hint?: string;
  /** What the format could not keep. */
  readonly note?: string;
  /** The bytes were read back from what was printed, as the note says. */
  readonly guessed?: true;
  /** Of a rejected one; null when none was found. */
  readonly cause?: Cause | null;
  /** What looks wrong but cannot be shown to be the cause. */
  readonly suspicion?: Suspicion;
  /** The search for the cause was ended before everything was tried. */
  readonly searchCut?: true;
  /** It was, as many others of the file were searched in vain; alone it is searched in full. */
  readonly searchCutBy?: 'file';
}

/** The parts of a file that hold no web hook and name no digest. */
export interface LeftOverParts {
  readonly file: string;
  readonly parts: number;
  /** Where the first of them is. */
  readonly line?: number | undefined;
  readonly entry?: number | undefined;
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
  /** What was stepped over, up to a thousand files. */
  readonly leftOver: readonly LeftOverParts[];
  /** How often each cause was found, the most frequent first. */
  readonly causes: readonly { readonly id: string; readonly count: number; readonly fix: string }[];
}
