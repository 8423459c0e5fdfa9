import { describe, expect, it } from 'vitest';
import { isTrueNow } from '../../../src/conformance/lab/true-now.js';

describe('what is true of a resource', () => {
  it.each([
    ['the first event', undefined, 'pending', true],
    ['what happens later', 'new', 'pending', true],
    ['the same again', 'pending', 'pending', true],
    ['not what comes late', 'pending', 'new', false],
    ['a step back of the lifecycle', 'frozen', 'pending', true],
    ['an end after a detour', 'frozen', 'cancelled', true],
    ['not what comes after the end', 'cancelled', 'frozen', false],
    ['the second of two ends', 'success', 'expired', true],
  ])('is %s', (_what, now, event, isTrue) => {
    expect(isTrueNow('payment', now, event)).toBe(isTrue);
  });
});
