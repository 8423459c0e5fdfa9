/**
 * What orders the attempts that are due at one instant, as one number: their round, then their
 * event's place in the plan, then a code that says which attempt of the event it is. A retry without
 * a wait belongs to the next round: it is due when everything due with its predecessor has ended, so
 * that it does not matter whose answer comes first.
 */
export interface QueueOrder {
  readonly round: number;
  /** Below 2^36. */
  readonly sequence: number;
  readonly code: number;
}

/** The event itself is due: its first attempt may come later. */
export const RELEASE_CODE = 0;

/** An event has so many retries at most: their codes and rounds have to fit into the order. */
export const MOST_RETRIES = 100;

const CODES = 2 ** 8;
const SEQUENCES = 2 ** 36;

export function packOrder({ round, sequence, code }: QueueOrder): number {
  return (round * SEQUENCES + sequence) * CODES + code;
}

export function unpackOrder(order: number): QueueOrder {
  const place = Math.floor(order / CODES);
  return {
    round: Math.floor(place / SEQUENCES),
    sequence: place % SEQUENCES,
    code: order % CODES,
  };
}

export function attemptCode(attemptNumber: number): number {
  return attemptNumber * 2;
}

/** A copy that comes some time after its original. */
export function laterCopyCode(attemptNumber: number): number {
  return attemptNumber * 2 + 1;
}

export function attemptNumberOf(code: number): number {
  return code >> 1;
}

export function isLaterCopy(code: number): boolean {
  return code % 2 === 1;
}
