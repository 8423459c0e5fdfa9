import type { Format } from '../format.js';
import type { TargetFlags } from '../options.js';
import type { SecretFlags } from '../secrets.js';

export interface SendFlags extends TargetFlags, SecretFlags {
  readonly event?: string;
  readonly body?: string;
  readonly set?: readonly string[];
  readonly unsigned?: boolean;
  readonly tamper?: string;
  readonly timeout?: number;
  readonly expectStatus?: number;
  readonly count: number;
  readonly concurrency: number;
  readonly same?: boolean;
  readonly seed?: string;
  readonly dryRun?: boolean;
  readonly curl?: boolean;
  readonly format: Format;
}
