import type { CheckProgress } from '../../conformance/progress.js';
import type { Progress } from '../../ports.js';
import { checkProgressText } from '../../report/check/progress-text.js';
import type { World } from '../world.js';
import { expectedMs, type Length } from './length.js';

/** What a terminal shows of a check while it goes on. */
export class CheckWatch {
  readonly #world: Pick<World, 'clock' | 'stderr' | 'startProgress'>;
  readonly #length: Pick<Length, 'allRules' | 'lingerMs'>;
  readonly #underWay = new Set<string>();
  #progress: Progress | undefined;
  #startedMs = 0;
  #rules: number | undefined;
  #expectedMs: number | undefined;
  #judged = 0;
  #sent = 0;
  #answersAwaited = 0;
  #statesAwaited = 0;

  constructor(
    length: Pick<Length, 'allRules' | 'lingerMs'>,
    world: Pick<World, 'clock' | 'stderr' | 'startProgress'>,
  ) {
    this.#length = length;
    this.#world = world;
  }

  async start(): Promise<void> {
    const { clock, stderr, startProgress } = this.#world;
    if (!stderr.isTerminal) return;
    this.#startedMs = clock.monotonic();
    this.#progress = await startProgress();
    this.#show();
  }

  readonly onProgress = (progress: CheckProgress): void => {
    switch (progress.kind) {
      case 'judging':
        this.#rules = progress.rules;
        this.#expectedMs = this.#passedMs() + expectedMs({ ...this.#length, ...progress });
        return this.#show();
      case 'rule-begun':
        this.#underWay.add(progress.rule);
        return this.#show();
      case 'rule-judged':
        this.#underWay.delete(progress.rule);
        this.#judged += 1;
        return this.#show();
      case 'sent':
        this.#sent += 1;
        this.#answersAwaited += 1;
        return;
      case 'answered':
        this.#answersAwaited -= 1;
        return;
      case 'asked':
        this.#statesAwaited += 1;
        return;
      case 'read':
        this.#statesAwaited -= 1;
        return;
      default:
        return progress satisfies never;
    }
  };

  stop(): void {
    this.#progress?.stop();
    this.#progress = undefined;
  }

  #passedMs(): number {
    return this.#world.clock.monotonic() - this.#startedMs;
  }

  /** What changes a thousand times a second is read now and then, not told each time. */
  #show(): void {
    this.#progress?.follow(() =>
      checkProgressText({
        rules: this.#rules,
        judged: this.#judged,
        underWay: [...this.#underWay],
        sent: this.#sent,
        answersAwaited: this.#answersAwaited,
        statesAwaited: this.#statesAwaited,
        passedMs: this.#passedMs(),
        expectedMs: this.#expectedMs,
      }),
    );
  }
}
