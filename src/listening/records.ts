import type { Outcome } from '../ports.js';
import type { VerifyReason } from '../verification/reason.js';

/** What a listener tells of, as it happens. */
export type ListenRecord = RequestRecord | RefusedRecord | ForwardRecord;

/** What the digest of a recorded request says; `unchecked` when no secret is given. */
export type ListenVerdict = 'genuine' | 'rejected' | 'unsigned' | 'unchecked';

/** A request that is in the file, and how it is answered. */
export interface RequestRecord {
  readonly kind: 'request';
  /** Counts what this listener recorded, from 1, in the order of the file. */
  readonly number: number;
  /** ISO 8601 UTC: when the last byte of the request was there. */
  readonly at: string;
  readonly remote: string;
  readonly method: string;
  readonly path: string;
  readonly bodyBytes: number;
  readonly verdict: ListenVerdict;
  /** Why it is rejected. */
  readonly reason?: VerifyReason;
  /** `kind.status`, or `unknown` where the body is none of Inqud's. */
  readonly event: string;
  readonly resource?: string;
  readonly answer: number | 'dropped';
}

/** A request that is not in the file: the answer says why. */
export interface RefusedRecord {
  readonly kind: 'refused';
  readonly status: number;
  /** A sentence. */
  readonly reason: string;
  readonly remote?: string;
}

/** One attempt to pass a recorded request on. */
export interface ForwardRecord {
  readonly kind: 'forwarded';
  /** Where its line starts in the capture file, in bytes. */
  readonly offset: number;
  readonly event: string;
  readonly resource?: string;
  /** From 1. */
  readonly attempt: number;
  readonly attempts: number;
  readonly outcome: Outcome;
  readonly next: ForwardNext;
}

export type ForwardNext =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly waitMs: number }
  | { readonly kind: 'lost' }
  /** The listener ended during the attempt, which is made again on the next start. */
  | { readonly kind: 'cancelled' };

export interface ListenSummary {
  readonly kind: 'summary';
  readonly requests: number;
  readonly genuine: number;
  readonly rejected: number;
  readonly unsigned: number;
  readonly unchecked: number;
  readonly refused: number;
  readonly bodyBytes: number;
  /** Present when requests are passed on. */
  readonly forwarded?: ForwardSummary | undefined;
  /** How it ended. */
  readonly ended: 'count' | 'time' | 'interrupted';
  /** Asked for with --count and not there when the time was up. */
  readonly missing: number;
}

export interface ForwardSummary {
  readonly attempts: number;
  readonly delivered: number;
  readonly lost: number;
  /** Refused so far and to be tried again, now or by the next listener on this file. */
  readonly waiting: number;
}
