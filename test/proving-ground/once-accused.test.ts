import { expect, it } from 'vitest';
import { sampleOf } from './sample.js';
import { verdictOf } from './verdict-of.js';

/** Correct receivers that were accused, of a sample of 5,000. */
it.each([
  [1228, 'a balance that checkouts move, beside payments that are not taken'],
  [2300, 'the same, where checkouts alone are taken'],
  [3044, 'a balance that replicas show late'],
  [4260, 'a balance that a batch moves late'],
])('number %d of seed 3 is right: %s', { timeout: 120_000 }, async (number) => {
  expect((await verdictOf(sampleOf('3', number), '3')).kind).toBe('right');
});
