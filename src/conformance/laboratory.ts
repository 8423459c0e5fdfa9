import type { ReceiverPace } from './calibration/pace.js';
import type { SkippedKind } from './calibration/skipped-kind.js';
import type { CheckMemory } from './check-memory.js';
import type { Execution } from './lab/exchange.js';
import type { Gate } from './lab/gate.js';
import type { Lab } from './lab/lab.js';
import type { KindUnderTest } from './profile.js';
import type { References } from './references.js';
import type { StateSeen } from './state/blind.js';
import type { Oracle } from './state/oracle.js';

/** Everything a rule works with, once the receiver is known. */
export interface Laboratory {
  readonly lab: Lab;
  readonly oracle: Oracle;
  readonly gate: Gate;
  readonly references: References;
  /** The kinds the receiver takes. */
  readonly kinds: readonly KindUnderTest[];
  /** The kinds it does not take, and why. */
  readonly skippedKinds: readonly SkippedKind[];
  /** What came when a state that tells nothing was asked for. */
  readonly stateSeen: StateSeen | undefined;
  /** The undisturbed executions of calibration, by kind. */
  readonly offers: ReadonlyMap<string, Execution>;
  /** An execution whose state says the balances that all resources share, where there are any. */
  readonly witness: Execution | undefined;
  readonly pace: ReceiverPace;
  /** Resources that come at the same time get mixed up: everything is done one by one. */
  readonly isMixedUp: boolean;
  readonly memory: CheckMemory;
  readonly settings: Settings;
  readonly hooks: Hooks;
}

export interface Settings {
  readonly seed: string;
  /** The kinds that the user named; empty to find out. */
  readonly named: readonly string[];
  readonly runs: number;
  readonly budgetMs: number | undefined;
  readonly lingerMs: number;
  readonly healWithinMs: number;
  /** When calibration's usual lives were over, on the monotonic clock. */
  readonly offeredMs: number;
}

/** What the user's commands do. */
export interface Hooks {
  readonly fault:
    | { readonly on: () => Promise<void>; readonly off: () => Promise<void> }
    | undefined;
  readonly truth: TruthServer | undefined;
}

/** Inqud's API, played on this machine: what a receiver asks when web hooks were lost for good. */
export interface TruthServer {
  /** From now on the API answers with this body for its resource. */
  publish(kind: string, body: Uint8Array): void;
  /** The kinds that the API has a path for. */
  readonly kinds: readonly string[];
  readonly asked: Questions;
}

/** What anybody has asked the API. */
export interface Questions {
  readonly count: number;
  /** How the last of them ended, where every one was refused. */
  readonly refusedThroughout: RefusedQuestion | undefined;
  /** Whether one was about the resource with this id. */
  wasAbout(id: string): boolean;
  /** How the last one about it was refused; `undefined` where it was answered. */
  refusalOf(id: string): RefusedQuestion | undefined;
}

export interface RefusedQuestion {
  readonly status: number;
  /** What the API says of it. */
  readonly said: string;
}
