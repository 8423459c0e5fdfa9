import { steadyArrivals } from './arrivals.js';
import { closedLoop } from './closed-loop.js';
import { isGrowing } from './is-growing.js';
import { type LoadComposer, type LoadPorts, openLoop } from './open-loop.js';
import type { LimitStep, LimitSummary, LoadSummary } from './records.js';

export interface LimitOptions {
  /** Web hooks that may be unanswered at the same time. */
  readonly connections: number;
  /** How long each rate is tried, in milliseconds. */
  readonly forMs: number;
  /** Within which the 99th percentile has to be, in milliseconds. */
  readonly p99LimitMs: number;
  readonly timeoutMs: number;
  readonly allowedShare: number;
  /** The share of web hooks that has to leave on time. */
  readonly keptShare: number;
  readonly signal?: AbortSignal | undefined;
}

const CLOSED_CONNECTIONS = [1, 4, 16, 64, 256];
const CLOSED_MS = 2_000;
/** More connections than this much more throughput is worth are not tried. */
const WORTH = 1.1;
/** Near the ceiling a queue only grows. */
const FIRST_SHARE = 0.8;
const PRECISION = 0.05;
/** Where so small a share of the ceiling does not hold, no rate is what is wrong. */
const LEAST_SHARE = 0.1;
const MOST_STEPS = 10;

/**
 * Finds the highest rate at which every web hook is answered 200 in time: first what the receiver answers
 * at most when each connection waits for its answer, then rate after rate below that. Yields each step.
 */
export async function* findLimit(
  ports: LoadPorts,
  options: LimitOptions,
): AsyncGenerator<LimitStep, LimitSummary> {
  const search = new LimitSearch(ports, options);
  yield* search.closed();
  yield* search.open();
  return search.summary();
}

class LimitSearch {
  readonly #ports: LoadPorts;
  readonly #options: LimitOptions;
  /** The place of the next event: none comes twice. */
  #place = 0;
  #ceiling = 0;
  #held: number | undefined;
  #broke: LimitStep | undefined;
  #isConnected = false;
  #isDown = false;

  constructor(ports: LoadPorts, options: LimitOptions) {
    this.#ports = ports;
    this.#options = options;
  }

  async *closed(): AsyncGenerator<LimitStep, void> {
    const { connections: most } = this.#options;
    for (const connections of CLOSED_CONNECTIONS.filter((count) => count <= most)) {
      const step = await this.#closedStep(connections);
      if (this.#isOver) return;
      yield step;
      const isWorth = step.perSecond >= WORTH * this.#ceiling;
      this.#ceiling = Math.max(this.#ceiling, step.perSecond);
      if (!isWorth || step.verdict === 'failed') return;
    }
  }

  async *open(): AsyncGenerator<LimitStep, void> {
    let low = 0;
    let high = this.#ceiling;
    const least = LEAST_SHARE * high;
    if (high === 0) return;
    let rate = rounded(FIRST_SHARE * high);
    for (let tried = 0; tried < MOST_STEPS && rate > low && rate >= least; tried += 1) {
      const step = await this.#openStep(rate);
      if (this.#isOver) return;
      yield step;
      this.#isDown = step.unreachable === step.sent;
      if (this.#isDown) return;
      if (step.verdict === 'held') {
        low = rate;
        this.#held = rate;
      } else {
        high = rate;
        this.#broke = step;
      }
      if (high - low <= PRECISION * high) return;
      rate = rounded((low + high) / 2);
    }
  }

  summary(): LimitSummary {
    const { forMs, p99LimitMs, timeoutMs } = this.#options;
    const broke = this.#broke?.verdict;
    return {
      kind: 'summary',
      ceilingPerSecond: rounded(this.#ceiling),
      limitPerSecond: this.#held,
      limitedBy: broke === 'held' ? undefined : broke,
      p99LimitMs,
      forMs,
      timeoutMs,
      isConnected: this.#isConnected,
      isDown: this.#isDown,
      interrupted: this.#isOver,
    };
  }

  get #isOver(): boolean {
    return this.#options.signal?.aborted === true;
  }

  async #closedStep(connections: number): Promise<LimitStep> {
    const { signal } = this.#options;
    const result = await closedLoop(this.#place, this.#ports, {
      connections,
      forMs: CLOSED_MS,
      signal,
    });
    this.#place += result.sent;
    this.#isConnected ||= result.sent > result.unreachable;
    return {
      kind: 'step',
      loop: 'closed',
      perSecond: result.perSecond,
      connections,
      verdict: result.failed > this.#options.allowedShare * result.sent ? 'failed' : 'held',
      sent: result.sent,
      failed: result.failed,
      unreachable: result.unreachable,
      latency: undefined,
    };
  }

  async #openStep(perSecond: number): Promise<LimitStep> {
    const { forMs } = this.#options;
    const plan = steadyArrivals({
      fromPerSecond: perSecond,
      toPerSecond: perSecond,
      forMs,
      spread: 'constant',
      seed: '',
    });
    const composer = shifted(this.#ports.composer, this.#place);
    const run = openLoop(plan, { ...this.#ports, composer }, this.#options);
    let step = await run.next();
    while (step.done !== true) step = await run.next();
    this.#place += plan.timesMs.length;
    const { sent, failed, unreachable, latency } = step.value;
    this.#isConnected ||= sent > unreachable;
    const verdict = this.#verdictOf(step.value);
    const counts = { sent, failed, unreachable, latency };
    return { kind: 'step', loop: 'open', perSecond, connections: undefined, verdict, ...counts };
  }

  #verdictOf(summary: LoadSummary): LimitStep['verdict'] {
    const { allowedShare, p99LimitMs, keptShare } = this.#options;
    const { sent, failed, latency, kept } = summary;
    if (failed > allowedShare * sent) return 'failed';
    if (kept.share < keptShare && kept.blocked === 0) return 'not-kept';
    if ((latency?.p99Ms ?? 0) > p99LimitMs) return 'slow';
    return isGrowing(summary) || kept.unsent > 0 ? 'growing' : 'held';
  }
}

function shifted({ compose, label }: LoadComposer, first: number): LoadComposer {
  return {
    compose: (sequence) => compose(first + sequence),
    label: (sequence) => label(first + sequence),
  };
}

/** To three digits, downwards. */
function rounded(perSecond: number): number {
  if (perSecond <= 0) return 0;
  const digit = 10 ** (Math.floor(Math.log10(perSecond)) - 2);
  return Number((Math.floor(perSecond / digit + 1e-9) * digit).toPrecision(3));
}
