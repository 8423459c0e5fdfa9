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
  /** The same bytes, made faster if done often; they last until the next call of any. */
  readonly makeBriefly?: (() => Uint8Array) | undefined;
  /** Candidates with one effect are the same bytes; the first of them is enough. */
  readonly effect?: (() => string) | undefined;
  readonly note?: string | undefined;
  /** Nothing follows it but what follows a rewriting: it was written anew already. */
  readonly isWritten?: true;
}

export type Stage =
  /** The capture is undone; two of these may follow each other. */
  | 'undo'
  /** Members of objects are put in another order. */
  | 'members'
  /** JSON is written anew by a language. */
  | 'rewrite'
  /** JSON is laid out on lines. */
  | 'layout'
  /** Like `rewrite`, but not tried on members in another order, which would double the search. */
  | 'format'
  /** Something is put at the ends. */
  | 'finish'
  /** The bytes are cut or turned into others, which makes little sense after anything but an undoing. */
  | 'envelope'
  /** Nothing goes with it. */
  | 'alone';

/** Which mistakes make sense after which. */
export const FOLLOWING_STAGES: { readonly [S in Stage]: readonly Stage[] } = {
  undo: ['undo', 'members', 'rewrite', 'layout', 'format', 'finish', 'envelope'],
  members: ['rewrite', 'layout', 'finish'],
  rewrite: ['finish'],
  layout: ['finish'],
  format: ['finish'],
  finish: [],
  envelope: [],
  alone: [],
};

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
