import type { Clock } from '../../src/ports.js';
import { isGenuine } from '../receivers/shop/digest.js';
import { type InqudEvent, readEvent } from '../receivers/shop/inqud-event.js';
import { type Policy, STRICT } from '../receivers/shop/policy.js';
import { statusNamed } from '../receivers/shop/status.js';
import type { Memory } from '../receivers/shop/store.js';
import { byOrder, type View } from './views.js';

/** After the answer, all that has come since the last time together. */
export interface InBatches {
  readonly kind: 'in-batches';
  readonly everyMs: number;
  /** The first comes so much sooner. */
  readonly aheadMs?: number;
}

/** When a web hook's work is done, in milliseconds of the model's clock. */
export type WorkTime =
  /** Before the answer. */
  | { readonly kind: 'at-once'; readonly ms: number }
  /** So long after the answer, each by itself. */
  | { readonly kind: 'later'; readonly ms: number }
  | InBatches
  /** After the answer, by so many workers. */
  | {
      readonly kind: 'queued';
      readonly workers: number;
      readonly ms: number;
      /** What comes while so much waits is dropped; nothing is when absent. */
      readonly most?: number;
    };

/** What becomes of a web hook of which the order does not exist yet. */
export type BeforeOrder =
  /** It is done like any other: no order has to be made first. */
  | { readonly kind: 'done' }
  /** It is answered 200, and done when the order is made. */
  | { readonly kind: 'kept' }
  /** Nothing is done, and this is answered; where it is marked, its retry is taken for a duplicate. */
  | { readonly kind: 'left'; readonly answer: number; readonly isMarked: boolean };

/** How the API of Inqud is asked. */
export interface Asking {
  /** About every resource that is open, so often, in milliseconds. */
  readonly everyMs: number;
  /** Whether it asks about what is at this event; undefined for an order of which nothing came. */
  readonly asksAbout: (at: InqudEvent | undefined) => boolean;
  /**
   * A web hook is believed, or makes the receiver ask; of what the API does not know, an `api`
   * believes the body after all, and an `api-alone` does nothing.
   */
  readonly believes: 'body' | 'api' | 'api-alone';
  /** Whether it says who it is; the API answers nobody else. */
  readonly hasToken: boolean;
  /** Whether what was asked for is remembered as its web hook would be. */
  readonly remembers: boolean;
}

/** What is answered to a web hook beside 200. */
export interface Answers {
  readonly done: number;
  readonly forged: number;
  /** For an event that was done before. */
  readonly duplicate: number;
  /** For a kind that the receiver is not for. */
  readonly otherKind: number;
  readonly afterMs: number;
  /** For what is more than is taken at once. */
  readonly crowded: number;
}

/**
 * A receiver as data and small functions: each part is one choice, and is independent of the others.
 * What is here is a correct one.
 */
export interface Model extends Policy {
  /** What it makes of the pieces that a body comes in. */
  readonly reads: (pieces: readonly Uint8Array[]) => Uint8Array;
  readonly isGenuine: (digests: readonly string[], body: Uint8Array, secret: string) => boolean;
  /** Whether the work is done before the digest is looked at. */
  readonly verifies: 'first' | 'last';
  readonly answers: Answers;
  /** A status other than 200 for what is not taken, or undefined. */
  readonly refuses: (
    event: InqudEvent,
    body: Uint8Array,
    recorded: InqudEvent | undefined,
  ) => number | undefined;
  readonly kinds: readonly string[] | undefined;
  /** What the receiver makes of an event before anything else: e.g. which status it takes it for. */
  readonly understood: (event: InqudEvent) => InqudEvent;
  /** Events with one key are one event. */
  readonly keyOf: (event: InqudEvent) => string;
  readonly memory: (clock: Clock) => Memory;
  /** How long it takes between looking whether an event is known and remembering it; 0 is a lock. */
  readonly gapMs: number;
  /** Whether the event is of use; of what is not nothing is kept. */
  readonly concerns: (event: InqudEvent, recorded: InqudEvent | undefined) => boolean;
  readonly work: WorkTime;
  /** Whether an event is remembered when its work is done, or before it. */
  readonly marks: 'done' | 'begun';
  /** What becomes of work that fails. What was answered before it is not refused any more. */
  readonly failed: 'refused' | 'done-later' | 'forgotten';
  readonly beforeOrder: BeforeOrder;
  readonly asking: Asking | undefined;
  /** How long after it was done a state shows it. */
  readonly lagMs: number;
  /** How long the answer to an event takes beyond the usual, in milliseconds. */
  readonly delayOf: (event: InqudEvent) => number;
  /** What the first attempt at an event is answered in place of work; undefined to do the work. */
  readonly stumbles: ((event: InqudEvent) => number | undefined) | undefined;
  /** Whether what it stumbled over counts as done. */
  readonly marksFirst: boolean;
  /** Whether an event ends the process; a supervisor starts it again after `restartMs`, if at all. */
  readonly crashesAt: ((event: InqudEvent) => boolean) | undefined;
  readonly restartMs: number;
  /** How many web hooks are taken at once. */
  readonly mostAtOnce: number | undefined;
  readonly view: View;
}

export const CORRECT: Model = {
  ...STRICT,
  reads: (pieces) => Buffer.concat(pieces),
  isGenuine,
  verifies: 'first',
  answers: { done: 200, forged: 401, duplicate: 200, otherKind: 200, afterMs: 0, crowded: 429 },
  refuses: () => undefined,
  kinds: undefined,
  understood: (event) => event,
  keyOf: ({ kind, id, status }) => `${kind} ${id} ${status}`,
  memory: () => new Set(),
  gapMs: 0,
  concerns: ({ status }) => statusNamed(status) !== undefined,
  work: { kind: 'at-once', ms: 0 },
  marks: 'done',
  failed: 'refused',
  beforeOrder: { kind: 'done' },
  asking: undefined,
  lagMs: 0,
  delayOf: () => 0,
  stumbles: undefined,
  marksFirst: false,
  crashesAt: undefined,
  restartMs: Number.POSITIVE_INFINITY,
  mostAtOnce: undefined,
  view: byOrder,
};

/** What was read of each body: a digest check, a watcher and a worker ask about the same bytes. */
const read = new WeakMap<Uint8Array, { readonly event: InqudEvent | undefined }>();

/** Undefined for what is no event. */
export function eventIn(body: Uint8Array): InqudEvent | undefined {
  const known = read.get(body);
  if (known !== undefined) return known.event;
  const event = eventOrNone(body);
  read.set(body, { event });
  return event;
}

function eventOrNone(body: Uint8Array): InqudEvent | undefined {
  try {
    return readEvent(body);
  } catch {
    return undefined;
  }
}
