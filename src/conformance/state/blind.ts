/** Why the state tells nothing about a kind. */
export type Blind =
  /** There is no way to look. */
  | { readonly code: 'no-probe' }
  /** Web hooks of the lives that would tell were not answered. */
  | { readonly code: 'unanswered' }
  /** Its events leave the state as it was. */
  | { readonly code: 'unmoved' }
  /** Two ways to end leave the same state. */
  | { readonly code: 'same-ends'; readonly main: string; readonly contrast: string }
  /** A success changes nothing, though the state shows that it could tell. */
  | UnshownSuccess;

/** A success that came in order and left the state as it was before. */
export interface UnshownSuccess {
  readonly code: 'success-unshown';
  /** The status in which the life ends. */
  readonly end: string;
  /** What does show there: a failure, an earlier event of the life, or the first resource of the run. */
  readonly shows: 'failure' | 'earlier' | 'first';
  /** Where, and what it says there. */
  readonly path: string;
  readonly value: string;
}

/** What was answered when a state that tells nothing was asked for. */
export interface StateSeen {
  /** The kind of the resource. */
  readonly kind: string;
  /** The URL as it was asked; undefined of a command. */
  readonly url: string | undefined;
  readonly status: number | undefined;
  /** Of a command that ended with another code than 0. */
  readonly exitCode: number | undefined;
  /** The start of the answer, in one line. */
  readonly text: string;
  readonly looksLike: 'not-found' | 'refused' | 'failure' | 'page' | 'nothing' | 'state';
}
