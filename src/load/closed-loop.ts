import type { Outcome } from '../ports.js';
import { isDelivered } from '../webhook/scheme.js';
import type { LoadPorts } from './open-loop.js';

export interface ClosedLoopOptions {
  /** Web hooks that are unanswered at any time. */
  readonly connections: number;
  /** How long new ones are sent, in milliseconds. */
  readonly forMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** How much a receiver answers when the next web hook waits for the answer to the one before. */
export interface ClosedLoopResult {
  readonly delivered: number;
  readonly failed: number;
  readonly unreachable: number;
  /** Of delivered ones, over the whole time. */
  readonly perSecond: number;
  /** How many were sent: the place of the next event. */
  readonly sent: number;
}

/** Who has taken none by then takes none. */
const ENOUGH_FAILURES = 100;

/**
 * Keeps so many web hooks unanswered for some time: each answer brings the next one. `first` is the
 * place of the first event.
 */
export async function closedLoop(
  first: number,
  { transport, clock, composer }: Pick<LoadPorts, 'transport' | 'clock' | 'composer'>,
  { connections, forMs, signal }: ClosedLoopOptions,
): Promise<ClosedLoopResult> {
  const startMs = clock.monotonic();
  const counts = { sent: 0, delivered: 0, failed: 0, unreachable: 0 };
  const isOver = () =>
    signal?.aborted === true ||
    clock.monotonic() - startMs >= forMs ||
    (counts.delivered === 0 && counts.failed >= ENOUGH_FAILURES);
  const worker = async () => {
    while (!isOver()) {
      const request = composer.compose(first + counts.sent);
      counts.sent += 1;
      count(await transport.send(request, { signal }));
    }
  };
  const count = (outcome: Outcome) => {
    if (isDelivered(outcome)) counts.delivered += 1;
    else if (outcome.kind !== 'cancelled') counts.failed += 1;
    if (outcome.kind === 'unreachable') counts.unreachable += 1;
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const tookMs = clock.monotonic() - startMs;
  return { ...counts, perSecond: (counts.delivered * 1_000) / Math.max(tookMs, 1) };
}
