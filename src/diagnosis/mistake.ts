/** One way to get a digest wrong, or a body, or a secret. The words are the README's. */
export interface Mistake {
  /** Stable, `area/name`. */
  readonly id: string;
  /** What happened, in a sentence. */
  readonly explanation: string;
  /** What to do about it, in a sentence. */
  readonly fix: string;
}

/** A mistake as it was met: the note, where there is one, says which of its forms it was. */
export interface Sighting {
  readonly mistake: Mistake;
  readonly note?: string | undefined;
}
