import type { Header } from '../ports.js';
import type { Secret } from '../webhook/secret.js';

/** A captured web hook whose digest does not match. */
export interface DiagnosisInput {
  readonly body: Uint8Array;
  /** The digest exactly as it was given. */
  readonly digest: string;
  /** The headers it came with, where they are known. */
  readonly headers?: readonly Header[] | undefined;
  /** The entries before and after it in the file: digests that slipped by one are found with them. */
  readonly neighbours?: readonly Neighbour[] | undefined;
}

export interface Neighbour {
  readonly position: 'previous' | 'next';
  readonly body: Uint8Array;
  readonly digest?: string | undefined;
}

export interface DiagnosisOptions {
  /** The secrets the digest was checked with; the first is the one that should fit. */
  readonly secrets: readonly Secret[];
  /** Secrets that belong elsewhere, such as the API token's: one that fits was mistaken for the other. */
  readonly alsoSecrets?: readonly Secret[] | undefined;
  /** Names of environment variables whose placeholder may have been taken for the secret itself. */
  readonly secretNames?: readonly string[] | undefined;
  /** Digests computed at most for one entry: 4,000 unless told. */
  readonly maxCandidates?: number | undefined;
  /** Bytes hashed at most for one entry: 12 MiB, or 320 times the body if that is more, unless told. */
  readonly maxHashedBytes?: number | undefined;
  /** Time for one entry, kept only together with `now`. */
  readonly timeBudgetMs?: number | undefined;
  /** Milliseconds on a clock that never steps back. */
  readonly now?: (() => number) | undefined;
  /** Entries searched in vain before only single mistakes are tried, as well as those found: 200 unless told. */
  readonly maxFullSearches?: number | undefined;
  /** Entries searched in vain before only the mistakes already found are tried: 2,000 unless told. */
  readonly maxSearches?: number | undefined;
}

/** The mistake, or two of them, that make the digest match. */
export interface Cause {
  /** Stable, `area/name`; two mistakes are joined with `+`. */
  readonly id: string;
  readonly explanation: string;
  readonly fix: string;
}

/** Something that looks wrong, and would explain the mismatch, but cannot be shown to. */
export interface Suspicion {
  readonly id: string;
  readonly explanation: string;
  readonly fix: string;
}

export interface Diagnosis {
  readonly cause: Cause | undefined;
  /** Only when no cause was found. */
  readonly suspicion: Suspicion | undefined;
  /** True when the search ended at one of its limits with candidates left to try. */
  readonly cut: boolean;
  /** Many entries before were searched in vain: alone, this one would be searched in full. */
  readonly cutBy?: 'file';
  /** How many digests were computed. */
  readonly tried: number;
}
