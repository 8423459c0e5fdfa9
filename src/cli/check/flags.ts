import type { TargetFlags } from '../options.js';
import type { SecretFlags } from '../secrets.js';

export const CHECK_FORMATS = ['pretty', 'json', 'ndjson', 'junit', 'github', 'markdown'] as const;

export type CheckFormat = (typeof CHECK_FORMATS)[number];

export interface CheckFlags extends TargetFlags, SecretFlags {
  readonly stateUrl?: string;
  readonly stateCommand?: string;
  readonly stateIgnore?: readonly string[];
  readonly stateOnly?: readonly string[];
  readonly stateLimit?: number;
  readonly blackBox?: boolean;
  readonly kind?: readonly string[];
  readonly rules?: readonly string[];
  readonly skip?: readonly string[];
  readonly runs?: number;
  readonly budget?: number;
  readonly seed?: string;
  readonly linger?: number;
  readonly timeout?: number;
  readonly prepare?: string;
  readonly reset?: string;
  readonly faultOn?: string;
  readonly faultOff?: string;
  readonly mockApi?: number;
  readonly healWithin?: number;
  readonly baseline?: string;
  readonly replay?: string;
  readonly save?: string;
  readonly config?: string;
  readonly format?: CheckFormat;
  readonly report?: readonly string[];
}
