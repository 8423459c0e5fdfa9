import type { FileRange } from './file-ranges.js';
import type { BlockVerdict } from './verify-range.js';

/** What every worker is given: the file, and the keys, which never leave the process. */
export interface WorkerSetup {
  readonly path: string;
  /** How the file is named in records. */
  readonly file: string;
  readonly secrets: readonly Uint8Array[];
  readonly alsoSecrets: readonly Uint8Array[];
}

export interface WorkerTask {
  readonly range: FileRange;
  readonly listGenuine: number;
}

/** What a worker answers: line numbers count from the range's own first line. */
export type WorkerAnswer = BlockVerdict;
