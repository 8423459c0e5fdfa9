/** A change that was seen, so long after the last answer. */
export interface Change {
  readonly ms: number;
  readonly paths: readonly string[];
}
