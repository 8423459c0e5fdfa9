import type { LoadTransport, Outcome } from '../../../ports.js';
import type { ResolvedTarget } from '../../resolve-target.js';
import { AbortWatch } from '../abort-watch.js';
import { ConnectionPool, type PoolOptions } from './connection-pool.js';
import { Deadlines } from './deadlines.js';
import { LoadAttempt } from './load-attempt.js';
import type { LoadLine } from './load-line.js';
import { requestWriter } from './request-bytes.js';

export interface LoadTransportOptions extends PoolOptions {
  /** From the start of connecting to the response head, in real milliseconds. */
  readonly timeoutMs: number;
}

const BODY_LIMIT_MS = 1_000;

/**
 * Sends to one target as fast as one thread can: HTTP/1.1 written by hand on plain sockets, a request
 * at a time on each, and no more of an answer read than where it ends.
 */
export function openLoadTransport(
  target: ResolvedTarget,
  { timeoutMs, ...options }: LoadTransportOptions,
): LoadTransport {
  const line: LoadLine = {
    target,
    timeoutMs,
    pool: new ConnectionPool(target, options),
    aborts: new AbortWatch(),
    limits: new Deadlines(timeoutMs, (attempt) => attempt.timeOut()),
    bodyLimits: new Deadlines(BODY_LIMIT_MS, (attempt) => attempt.endBody()),
    spokeHttp: false,
  };
  const write = requestWriter(target);
  return {
    open: (connections) => line.pool.open(connections),
    send: (request, options = {}) =>
      options.signal?.aborted === true
        ? Promise.resolve({ kind: 'cancelled' })
        : new Promise<Outcome>((resolve, reject) => {
            new LoadAttempt(line, options, { resolve, reject }).start(request, write);
          }),
    close: async () => {
      for (const limits of [line.limits, line.bodyLimits]) {
        for (const attempt of limits.clear()) attempt.abort();
      }
      await line.pool.closeAll();
    },
  };
}
