import { LONGEST_TIMER_MS } from '../../longest-timer.js';

/** Many waits of one length: whoever joined first is due first, so that one timer does for all. */
export class Deadlines<Member extends object> {
  readonly #limitMs: number;
  readonly #onDue: (member: Member) => void;
  readonly #due = new Map<Member, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(limitMs: number, onDue: (member: Member) => void) {
    this.#limitMs = Math.min(limitMs, LONGEST_TIMER_MS);
    this.#onDue = onDue;
  }

  add(member: Member, nowMs: number): void {
    this.#due.set(member, nowMs + this.#limitMs);
    this.#timer ??= setTimeout(this.#fire, this.#limitMs);
  }

  remove(member: Member): void {
    this.#due.delete(member);
  }

  /** Nobody is due any more. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#due.clear();
  }

  readonly #fire = (): void => {
    this.#timer = undefined;
    const nowMs = performance.now();
    for (const [member, dueMs] of this.#due) {
      if (dueMs > nowMs) {
        this.#timer = setTimeout(this.#fire, Math.ceil(dueMs - nowMs));
        return;
      }
      this.#due.delete(member);
      this.#onDue(member);
    }
  };
}
