import type { Mistake } from '../mistake.js';
import type { Subject } from '../subject.js';

/**
 * A way in which the captured body is not what the digest was computed over.
 * Ids say which of the two was changed: `capture/…` the captured body, `body/…` what was hashed.
 */
export interface BodyMistake extends Mistake {
  readonly stage: Stage;
  /** The bodies the digest may have been computed over, likeliest first; none when it does not apply. */
  readonly candidates: (subject: Subject) => Iterable<BodyCandidate>;
}

export interface BodyCandidate {
  /** Called only when the candidate's turn comes. */
  readonly make: () => Uint8Array;
  readonly note?: string | undefined;
}

/** Two body mistakes are tried together when the second's stage comes after the first's. */
export type Stage =
  /** The capture is undone; two of these may follow each other. */
  | 'undo'
  /** Members of objects are put in another order or left out. */
  | 'members'
  /** JSON is written anew. */
  | 'rewrite'
  /** Bytes are changed without regard to JSON. */
  | 'finish'
  /** The body is cut, or put into something else: only a capture is undone before that. */
  | 'envelope'
  /** Nothing can go with it. */
  | 'alone';

export function mayFollow(first: BodyMistake, second: BodyMistake): boolean {
  if (second.stage === 'alone' || first.stage === 'alone') return false;
  if (first.stage === 'undo' && second.stage === 'undo') return first.id !== second.id;
  if (second.stage === 'envelope') return first.stage === 'undo';
  return ORDER[first.stage] < ORDER[second.stage];
}

const ORDER = {
  undo: 0,
  members: 1,
  rewrite: 2,
  finish: 3,
  envelope: 4,
} as const;

/** The one candidate there is, if there is one. */
export function only(bytes: Uint8Array | undefined): readonly BodyCandidate[] {
  return bytes === undefined ? [] : [{ make: () => bytes }];
}

/** The first of these texts as UTF-8, then the next. */
export function texts(...candidates: readonly string[]): readonly BodyCandidate[] {
  return candidates.map((text) => ({ make: () => Buffer.from(text) }));
}

/** The bytes after a change made to them as text of one character a byte, which keeps every byte. */
export function changed(bytes: Buffer, change: (text: string) => string): Uint8Array {
  return Buffer.from(change(bytes.toString('latin1')), 'latin1');
}
