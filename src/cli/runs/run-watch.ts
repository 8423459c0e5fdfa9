import type { Wait } from '../../delivery/pace.js';
import type { RunRecord } from '../../delivery/records.js';
import type { Progress } from '../../ports.js';
import { progressText, waitingText } from '../../report/run/progress-text.js';
import type { World } from '../world.js';

export type WatchWorld = Pick<World, 'clock' | 'stdout' | 'stderr' | 'startProgress'>;

/** What a terminal shows of a run while it goes on: how far it is, and what it waits for. */
export class RunWatch {
  readonly #events: number;
  readonly #world: WatchWorld;
  #settled = 0;
  #lost = 0;
  #planMs = 0;
  #progress: Progress | undefined;

  constructor(events: number, world: WatchWorld) {
    this.#events = events;
    this.#world = world;
  }

  /** Lines that come as fast as they can show well enough that a run is alive. */
  async start({ showsLines, waits }: { showsLines: boolean; waits: boolean }): Promise<void> {
    const { stdout, stderr, startProgress } = this.#world;
    const isSeen = stdout.isTerminal && showsLines && !waits;
    if (!stderr.isTerminal || isSeen) return;
    this.#progress = await startProgress();
    this.#update();
  }

  /** Counts down to the next due time. */
  readonly onWait = ({ dueMs, waitMs }: Wait): void => {
    if (this.#progress === undefined) return;
    const { clock } = this.#world;
    const endMs = clock.monotonic() + waitMs;
    this.#progress.follow(() => waitingText(this.#state(), dueMs, endMs - clock.monotonic()));
  };

  add(record: RunRecord): void {
    if (isSettled(record)) this.#settled += 1;
    if (record.kind === 'attempt' && record.next.kind === 'lost') this.#lost += 1;
    this.#planMs = record.planMs;
    this.#update();
  }

  stop(): void {
    this.#progress?.stop();
    this.#progress = undefined;
  }

  #update(): void {
    this.#progress?.update(progressText(this.#state()));
  }

  #state() {
    return {
      settled: this.#settled,
      lost: this.#lost,
      events: this.#events,
      planMs: this.#planMs,
    };
  }
}

function isSettled(record: RunRecord): boolean {
  if (record.kind === 'dropped') return true;
  const { kind } = record.next;
  return kind === 'delivered' || kind === 'lost' || kind === 'withheld';
}
