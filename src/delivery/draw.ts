import { hash } from 'node:crypto';
import type { AnyShape } from './faults/shapes.js';

/** What a draw decides. Each has a number of its own, so that adding one never shifts another. */
const PURPOSES = {
  late: 1,
  'lost-ack': 2,
  overlap: 3,
  duplicate: 4,
  'duplicate-kind': 5,
  'duplicate-delay': 6,
  drop: 7,
  jitter: 8,
  'chaos-choice': 9,
  epoch: 10,
  shuffle: 11,
  'api-error': 12,
  arrival: 13,
} as const satisfies Readonly<Record<AnyShape['draw'] | 'jitter', number>> &
  Readonly<Record<string, number>>;

export type Purpose = keyof typeof PURPOSES;

/** Names one event of a plan, independent of how many others there are. */
export interface EventKey {
  readonly batch: number;
  readonly resource: number;
  readonly event: number;
}

/** A number in [0, 1) that depends on nothing but the seed and its arguments. */
export type Draw = (purpose: Purpose, key: EventKey, attempt: number) => number;

/** Chance without state: the same question always gets the same answer. */
export function createDraw(seed: string): Draw {
  const digest = hash('sha1', `inqud-hook draw ${seed}`, 'buffer');
  const low = digest.readUInt32LE(0);
  const high = digest.readUInt32LE(4);
  return (purpose, key, attempt) => {
    let state = mix(low ^ PURPOSES[purpose]);
    state = mix(state ^ key.batch);
    state = mix(state ^ key.resource);
    state = mix(state ^ key.event);
    state = mix(state ^ attempt ^ high);
    return state / 2 ** 32;
  };
}

/** A 32-bit finaliser: every input bit reaches every output bit, and zero does not stay zero. */
function mix(value: number): number {
  let word = (value + 0x9e3779b9) | 0;
  word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
  return (word ^ (word >>> 15)) >>> 0;
}
