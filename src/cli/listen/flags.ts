import type { Format } from '../format.js';
import type { SecretFlags } from '../secrets.js';

export interface ListenFlags extends SecretFlags {
  readonly host: string;
  readonly out: string;
  readonly fsync?: boolean;
  readonly path?: readonly string[];
  readonly method?: readonly string[];
  readonly redactTo?: string;
  readonly redact?: readonly string[];
  readonly respond?: readonly number[];
  readonly respondFrom?: string;
  readonly delay?: number;
  readonly dropConnection?: number;
  readonly seed?: string;
  readonly forwardTo?: string;
  readonly backoff?: string;
  readonly forwardConcurrency: number;
  readonly allowRemote?: boolean;
  readonly insecure?: boolean;
  readonly maxBody?: number;
  readonly maxConnections?: number;
  readonly requestTimeout?: number;
  readonly count?: number;
  readonly for?: number;
  readonly format: Format;
}
