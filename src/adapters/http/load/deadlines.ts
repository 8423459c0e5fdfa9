import { Chain, type Link } from '../../chain.js';
import { LONGEST_TIMER_MS } from '../../longest-timer.js';

/** Who waits, and until when on the monotonic clock. */
interface Waiting<Member> {
  readonly member: Member;
  readonly dueMs: number;
}

/** A wait that goes on. */
export type MemberWait<Member> = Link<Waiting<Member>>;

/** Many waits of one length: whoever joined first is due first, so that one timer does for all. */
export class Deadlines<Member> {
  readonly #limitMs: number;
  readonly #onDue: (member: Member) => void;
  readonly #waiting = new Chain<Waiting<Member>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(limitMs: number, onDue: (member: Member) => void) {
    this.#limitMs = Math.min(limitMs, LONGEST_TIMER_MS);
    this.#onDue = onDue;
  }

  add(member: Member, nowMs: number): MemberWait<Member> {
    this.#timer ??= setTimeout(this.#fire, this.#limitMs);
    return this.#waiting.add({ member, dueMs: nowMs + this.#limitMs });
  }

  /** One that never began, or is over, may be ended. */
  end(wait: MemberWait<Member> | undefined): void {
    if (wait !== undefined) this.#waiting.remove(wait);
  }

  /** Nobody is due any more. Gives back who was waiting. */
  clear(): readonly Member[] {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const members: Member[] = [];
    for (let next = this.#waiting.first; next !== undefined; next = this.#waiting.first) {
      this.#waiting.remove(next);
      members.push(next.member.member);
    }
    return members;
  }

  readonly #fire = (): void => {
    this.#timer = undefined;
    const nowMs = performance.now();
    for (let next = this.#waiting.first; next !== undefined; next = this.#waiting.first) {
      if (next.member.dueMs > nowMs) {
        this.#timer = setTimeout(this.#fire, Math.ceil(next.member.dueMs - nowMs));
        return;
      }
      this.#waiting.remove(next);
      this.#onDue(next.member.member);
    }
  };
}
