import type { Clock, Transport } from '../ports.js';
import type { Composer } from './composer.js';
import type { Pace, Wait } from './pace.js';

/** What a run needs from the world. */
export interface DeliveryPorts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly composer: Composer;
}

export interface DeliveryOptions {
  /** Attempts in flight at most; a copy or an overlap that a fault asks for comes on top. */
  readonly concurrency: number;
  readonly pace: Pace;
  /** Ends the run early: what is in flight is cancelled, the summary still comes. */
  readonly signal?: AbortSignal | undefined;
  /** Hears the plan time, in milliseconds, of every instant before its first attempt leaves. */
  readonly onInstant?: ((planMs: number) => void) | undefined;
  /** Hears every plan time that is stepped to, also those at which faults let nothing leave. */
  readonly onStep?: ((planMs: number) => void) | undefined;
  /** Hears of every wait for a due time as it begins; a pace that steps waits for none. */
  readonly onWait?: ((wait: Wait) => void) | undefined;
}
