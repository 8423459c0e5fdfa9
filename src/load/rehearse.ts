import { steadyArrivals } from './arrivals.js';
import { type LoadPorts, openLoop } from './open-loop.js';

/** At such a rate the first web hooks of a program that has just started would be late. */
export const WORTH_REHEARSING_PER_SECOND = 500;
const PER_SECOND = 8_000;
const FOR_MS = 400;

/**
 * Sends a few thousand of the web hooks to a receiver of our own, so that the code that sends is compiled
 * and its memory has grown before the first web hook is due.
 */
export async function rehearse(ports: LoadPorts, signal: AbortSignal | undefined): Promise<void> {
  const plan = steadyArrivals({
    fromPerSecond: PER_SECOND,
    toPerSecond: PER_SECOND,
    forMs: FOR_MS,
    spread: 'constant',
    seed: '',
  });
  const options = { connections: 64, timeoutMs: 1_000, allowedShare: 1, signal };
  for await (const _ of openLoop(plan, ports, options));
}
