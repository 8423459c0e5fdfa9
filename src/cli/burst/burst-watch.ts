import type { LoadProgress } from '../../load/load-tally.js';
import type { Progress } from '../../ports.js';
import { burstProgressText } from '../../report/burst/progress-text.js';
import type { World } from '../world.js';

/** What a terminal shows of a burst while it goes on. */
export class BurstWatch {
  readonly #forMs: number;
  readonly #world: Pick<World, 'clock' | 'stderr' | 'startProgress'>;
  #progress: Progress | undefined;
  #ask: (() => LoadProgress) | undefined;

  constructor(forMs: number, world: Pick<World, 'clock' | 'stderr' | 'startProgress'>) {
    this.#forMs = forMs;
    this.#world = world;
  }

  readonly onStart = (ask: () => LoadProgress): void => {
    this.#ask = ask;
  };

  async start(): Promise<void> {
    const { clock, stderr, startProgress } = this.#world;
    if (!stderr.isTerminal) return;
    this.#progress = await startProgress();
    const startMs = clock.monotonic();
    this.#progress.follow(() =>
      burstProgressText(clock.monotonic() - startMs, this.#forMs, this.#ask?.()),
    );
  }

  stop(): void {
    this.#progress?.stop();
    this.#progress = undefined;
  }
}
