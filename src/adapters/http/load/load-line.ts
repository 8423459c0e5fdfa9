import type { ResolvedTarget } from '../../resolve-target.js';
import type { Abortable, AbortWatch } from '../abort-watch.js';
import type { ConnectionPool } from './connection-pool.js';
import type { Deadlines } from './deadlines.js';

/** An attempt, as who watches its time knows it. */
export interface LimitedAttempt extends Abortable {
  timeOut(): void;
  endBody(): void;
}

/** What the attempts of one transport share. */
export interface LoadLine {
  readonly target: ResolvedTarget;
  readonly timeoutMs: number;
  readonly pool: ConnectionPool;
  readonly aborts: AbortWatch;
  /** Of attempts whose head has not come. */
  readonly limits: Deadlines<LimitedAttempt>;
  /** Of attempts whose body has not come to its end. */
  readonly bodyLimits: Deadlines<LimitedAttempt>;
  /** Whether the receiver has ever given a valid answer. */
  spokeHttp: boolean;
}
