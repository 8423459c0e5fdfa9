import { INQUD_RETRIES, INQUD_TIMEOUT_MS } from '../webhook/scheme.js';
import { NO_FAULTS } from './faults/registry.js';
import type { DeliveryRules, Faults } from './plan.js';
import { ASSUMED_BASE_MS, ASSUMED_FACTOR, type Backoff, waitsOf } from './schedule.js';

/** What a user asks of retries and faults. Everything has a default. */
export interface RulesRequest {
  readonly backoff?: Backoff | undefined;
  /** No wait is longer, in plan milliseconds. */
  readonly maxWaitMs?: number | undefined;
  readonly jitter?: number | undefined;
  /** Real time a receiver has to answer, in milliseconds; Inqud's ten seconds by default. */
  readonly timeoutMs?: number | undefined;
  readonly faults?: Partial<Faults> | undefined;
  readonly seed?: string | undefined;
}

const DEFAULT_BACKOFF: Backoff = {
  kind: 'exponential',
  baseMs: ASSUMED_BASE_MS,
  factor: ASSUMED_FACTOR,
  retries: INQUD_RETRIES,
};

/** Turns what a user asks for into rules. The same request gives the same rules. */
export function makeRules(request: RulesRequest): DeliveryRules {
  const backoff = request.backoff ?? DEFAULT_BACKOFF;
  return {
    seed: request.seed ?? '1',
    timeoutMs: request.timeoutMs ?? INQUD_TIMEOUT_MS,
    schedule: backoff.kind,
    waitsMs: waitsOf(backoff, request.maxWaitMs),
    jitter: request.jitter ?? 0,
    faults: { ...NO_FAULTS, ...request.faults },
  };
}
