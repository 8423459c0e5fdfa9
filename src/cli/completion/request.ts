import type { Command } from 'commander';

/** What the scripts ask with, beside the words before the cursor. */
export interface CompletionFlags {
  /** The cursor stands on a word that is still empty. */
  readonly newWord?: boolean;
}

export interface CompletionRequest extends CompletionFlags {
  /** A shell, or `words`, with which a script asks. */
  readonly shell: string;
  readonly words: readonly string[];
}

/** Gives a command as it is declared, which says what it can be told. */
export type Declared = (name: string) => Promise<Command | undefined>;
