import type { PlanWindow } from '../plan-window.js';

/** What a fault adds to the types of plans, flags, draws, records and summaries. */
export interface FaultShape {
  /** Its key in a plan, and what is said there. */
  readonly setting: object;
  /** As commander names its flag. */
  readonly flag: string;
  /** What is drawn for it, and for nothing else. */
  readonly draw: string;
  /** What a summary counts of it. */
  readonly count: string;
  /** What a record says of an attempt that it befell. */
  readonly mark: { readonly kind: string };
}

export interface DropsShape {
  readonly setting: {
    /** Never delivered. */
    readonly drops: number;
  };
  readonly flag: 'drops';
  readonly draw: 'drop';
  readonly count: 'dropped';
  readonly mark: never;
}

export interface DuplicatesShape {
  readonly setting: {
    /** An extra attempt, with another one or after its 200. */
    readonly duplicates: number;
  };
  readonly flag: 'duplicates';
  readonly draw: 'duplicate' | 'duplicate-kind' | 'duplicate-delay';
  readonly count: 'duplicates' | 'duplicatesRefused';
  readonly mark: never;
}

export interface LostAcksShape {
  readonly setting: {
    /** The receiver's answer is thrown away. */
    readonly lostAcks: number;
  };
  readonly flag: 'lostAcks';
  readonly draw: 'lost-ack';
  readonly count: 'lostAcks';
  readonly mark: LostAck;
}

export interface OutagesShape {
  readonly setting: { readonly outages: readonly PlanWindow[] };
  readonly flag: 'outage';
  readonly draw: never;
  readonly count: 'blocked';
  readonly mark: Outage;
}

export interface OverlapsShape {
  readonly setting: {
    /** The next attempt leaves while this one is still unanswered. */
    readonly overlaps: number;
  };
  readonly flag: 'overlaps';
  readonly draw: 'overlap';
  readonly count: 'overlaps' | 'overlapsMissed';
  readonly mark: Overlap;
}

export interface ReorderShape {
  readonly setting: {
    /** A first attempt is late by a uniform draw from nothing to this, in milliseconds. */
    readonly reorderMs: number;
  };
  readonly flag: 'reorder';
  readonly draw: 'late';
  readonly count: 'late';
  readonly mark: never;
}

export interface Overlap {
  readonly kind: 'overlap';
  readonly missed: boolean;
}

export interface LostAck {
  readonly kind: 'lost-ack';
}

export interface Outage {
  readonly kind: 'outage';
  readonly untilMs: number;
}

/** All that the faults add to the types. */
export type AnyShape =
  | DropsShape
  | DuplicatesShape
  | LostAcksShape
  | OutagesShape
  | OverlapsShape
  | ReorderShape;

type Together<Parts> = (Parts extends unknown ? (part: Parts) => void : never) extends (
  whole: infer Whole,
) => void
  ? Whole
  : never;

/** What each fault of the list says in a plan. */
export type FaultSettings = Together<AnyShape['setting']>;
