import type { Clock } from '../ports.js';
import { LONGEST_TIMER_MS } from './longest-timer.js';

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep,
};

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const endMs = performance.now() + ms;
  let leftMs = ms;
  while (leftMs > 0 && !signal?.aborted) {
    await nap(Math.min(leftMs, LONGEST_TIMER_MS), signal);
    leftMs = endMs - performance.now();
  }
}

function nap(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    signal?.addEventListener('abort', wake);
  });
}
