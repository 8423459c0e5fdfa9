import { hash } from 'node:crypto';
import type { Chance } from './random-script.js';

/** The same seed gives the same numbers. */
export function chanceFrom(seed: string): Chance {
  let state = hash('sha1', `inqud-hook search ${seed}`, 'buffer').readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}
