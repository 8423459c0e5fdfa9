import type { Format } from '../format.js';
import type { TargetFlags } from '../options.js';
import type { FaultFlags, RetryFlags } from '../runs/delivery-options.js';
import type { SecretFlags } from '../secrets.js';

export interface ReplayFlags extends RetryFlags, FaultFlags, TargetFlags, SecretFlags {
  readonly from?: string;
  readonly bodyField?: string;
  readonly digestField?: string;
  readonly only?: readonly string[];
  readonly order: string;
  readonly speed?: number;
  readonly resign?: boolean;
  readonly resignEnv?: string;
  readonly resignFile?: string;
  readonly freshIds?: boolean;
  readonly seed?: string;
  readonly dryRun?: boolean;
  readonly concurrency: number;
  readonly receiver?: string;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly format: Format;
}
