import type { Outcome } from '../../ports.js';
import type { Ending } from '../ending.js';
import type { LocatedEvent } from '../event-index.js';
import type { Faults } from '../plan.js';
import type { AttemptRecord } from '../records.js';
import type { FaultChance, SureAttempt } from './chance.js';
import type { FaultShape } from './shapes.js';

type SettingOf<Shape extends FaultShape> = Shape['setting'][keyof Shape['setting']];

/**
 * One fault: what the plan, its file, the command line, the engine, the tally and the reports have to
 * know of it. What a fault does is one of the hooks that end in -ing; each is asked once per plan,
 * and gives nothing where the plan does not turn it on.
 */
export interface Fault<Shape extends FaultShape> {
  readonly key: keyof Shape['setting'] & string;
  /** What a plan without it says. */
  readonly off: SettingOf<Shape>;
  readonly flag: FaultFlag<Shape['flag']>;
  /** Missing in plan files that were written before there was this fault. */
  readonly isNew?: true;
  /** Why a plan cannot be carried out, as a clause without a full stop. */
  readonly problem?: (faults: Faults) => string | undefined;
  /** How much of it --chaos asks for. Faults further up the list have been settled by then. */
  readonly chaos?: (situation: ChaosSituation) => SettingOf<Shape>;
  /** Events that are never sent. */
  readonly dropping?: (chance: FaultChance) => Dropping | undefined;
  /** First attempts that leave late. */
  readonly delaying?: (chance: FaultChance) => Delaying | undefined;
  /** Attempts that are kept away because of when they are due. */
  readonly blocking?: (chance: FaultChance) => Blocking<Shape['mark']> | undefined;
  /** Attempts, but never an event's last one, that something befalls on their way. */
  readonly striking?: (chance: FaultChance) => Striking<Shape['mark']> | undefined;
  /** Attempts that come twice. */
  readonly copying?: (chance: FaultChance) => Copying | undefined;
  /** The numbers that a summary has of it. */
  readonly counts: readonly FaultCount<Shape['count']>[];
  /** What the line of an attempt says of it. */
  readonly remark?: (record: AttemptRecord) => Remark | undefined;
}

export interface FaultFlag<Name extends string = string> {
  readonly name: Name;
  /** E.g. `--drops <rate>`. */
  readonly usage: string;
  readonly help: string;
  /** How its argument is read, and what a plan file may say. */
  readonly takes: 'rate' | 'duration' | 'windows';
}

/** A number of a summary: `2 lost acks`, or the refused ones of `3 duplicates (1 refused)`. */
export interface FaultCount<Name extends string = string> {
  readonly name: Name;
  /** What a record has to have to be looked at; most records have nothing of the kind. */
  readonly of: Trace;
  /** Which of those count; all where it says nothing. */
  readonly includes?: (record: AttemptRecord) => boolean;
  /** How totals name it: a number of its own, or how many of the number before it. */
  readonly words: { readonly one: string; readonly many: string } | { readonly ofThese: string };
}

/** What faults leave in a record: its kind, its outcome or a key of its own. */
export type Trace = 'dropped' | 'blocked' | 'fault' | 'duplicate' | 'lateMs';

/** A few words, and a time that goes with them. */
export interface Remark {
  readonly words: string;
  readonly ms?: number;
}

/** What --chaos is asked for. */
export interface ChaosSituation {
  readonly hasRetries: boolean;
  /** Between the first two events of a resource, in plan milliseconds. */
  readonly spacingMs: number;
  /** The waits between attempts, before jitter. */
  readonly waitsMs: readonly number[];
  /** The plan as the faults so far make it. */
  chance(): FaultChance;
}

export type Dropping = (located: LocatedEvent) => boolean;

/** Gives plan milliseconds. */
export type Delaying = (located: LocatedEvent) => number;

export type Blocking<Mark = unknown> = (planMs: number) => Mishap<Mark> | undefined;

export interface Striking<Mark = unknown> {
  /** The attempt it is sure to hit. */
  readonly sure: SureAttempt | undefined;
  /** Whether it hits this one by chance. */
  hits(located: LocatedEvent, attempt: number): boolean;
  mishap(located: LocatedEvent, attempt: number): Mishap<Mark>;
}

export interface Copying {
  /** The attempt that a copy is sure to leave with, and that nothing else befalls. */
  readonly sure: SureAttempt | undefined;
  hits(located: LocatedEvent, attempt: number): boolean;
  copy(located: LocatedEvent, attempt: number): Duplicate;
}

/** A duplicate beside an attempt, or some plan time after its 200. */
export type Duplicate =
  | { readonly kind: 'concurrent' }
  | { readonly kind: 'later'; readonly delayMs: number };

/** What befalls one attempt, and what that means to the sender. */
export interface Mishap<Mark = unknown> {
  /** It never leaves: its outcome is this. */
  readonly instead: Outcome | undefined;
  /** The sender hears no answer, and waits for one until the time is up. */
  readonly hidesAnswer: boolean;
  /** The next attempt leaves as soon as this one is written. */
  readonly bringsNext: boolean;
  /** What the record says; undefined where it did not come to that. */
  mark(ending: Ending): Mark | undefined;
}
