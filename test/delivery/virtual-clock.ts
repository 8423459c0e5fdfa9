import type { Clock } from '../../src/ports.js';

interface Sleeper {
  readonly untilMs: number;
  readonly wake: () => void;
}

/** Time that jumps to the next moment somebody sleeps until, once everything else has come to rest. */
export function virtualClock(): Clock {
  const sleepers = new Set<Sleeper>();
  let nowMs = 0;
  let isTicking = false;

  const tick = (): void => {
    const [next] = [...sleepers].sort((one, other) => one.untilMs - other.untilMs);
    isTicking = next !== undefined;
    if (next === undefined) return;
    nowMs = Math.max(nowMs, next.untilMs);
    next.wake();
    setImmediate(tick);
  };

  return {
    now: () => Date.UTC(2030, 0, 1) + nowMs,
    monotonic: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const wake = () => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper = { untilMs: nowMs + ms, wake };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake);
        if (!isTicking) setImmediate(tick);
        isTicking = true;
      }),
  };
}
