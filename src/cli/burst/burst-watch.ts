import type { LoadProgress } from '../../load/load-tally.js';
import type { Progress } from '../../ports.js';
import { burstProgressText, STATES_FIRST, STATES_LAST } from '../../report/burst/progress-text.js';
import type { World } from '../world.js';

/** What a terminal shows of a burst while it goes on. */
export class BurstWatch {
  readonly #forMs: number;
  readonly #world: Pick<World, 'clock' | 'stderr' | 'startProgress'>;
  #progress: Progress | undefined;

  constructor(forMs: number, world: Pick<World, 'clock' | 'stderr' | 'startProgress'>) {
    this.#forMs = forMs;
    this.#world = world;
  }

  readonly onStart = (ask: () => LoadProgress): void => {
    const { clock } = this.#world;
    const startMs = clock.monotonic();
    this.#progress?.follow(() =>
      burstProgressText(clock.monotonic() - startMs, this.#forMs, ask()),
    );
  };

  async start(): Promise<void> {
    const { stderr, startProgress } = this.#world;
    if (!stderr.isTerminal) return;
    this.#progress = await startProgress();
    this.#progress.update(STATES_FIRST);
  }

  readsStates(): void {
    this.#progress?.update(STATES_LAST);
  }

  stop(): void {
    this.#progress?.stop();
    this.#progress = undefined;
  }
}
