import type { Format } from '../format.js';
import type { TargetFlags } from '../options.js';
import type { FaultFlags, RetryFlags } from '../runs/delivery-options.js';
import type { SecretFlags } from '../secrets.js';

/** The flags that shape a plan: with `--plan` the file has already said all of it. */
export interface PlanFlags extends RetryFlags, FaultFlags {
  readonly lifecycle?: readonly string[];
  readonly event?: readonly string[];
  readonly resources?: number;
  readonly spacing?: number;
  readonly set?: readonly string[];
  readonly seed?: string;
  readonly fresh?: boolean;
}

export interface SimulateFlags extends PlanFlags, TargetFlags, SecretFlags {
  readonly plan?: string;
  readonly savePlan?: string;
  readonly dryRun?: boolean;
  readonly concurrency: number;
  readonly timeScale?: number;
  readonly realTime?: boolean;
  readonly receiver?: string;
  readonly mockApi?: number;
  readonly unsigned?: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly format: Format;
}
