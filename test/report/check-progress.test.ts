import { expect, test } from 'vitest';
import { type CheckStanding, checkProgressText } from '../../src/report/check/progress-text.js';

const BEGINNING: CheckStanding = {
  rules: undefined,
  judged: 0,
  underWay: [],
  sent: 1,
  answersAwaited: 1,
  statesAwaited: 0,
  passedMs: 400,
  expectedMs: undefined,
};
const JUDGING: CheckStanding = {
  ...BEGINNING,
  rules: 45,
  judged: 12,
  underWay: ['ordering/any-order', 'retries/overlap'],
  sent: 812,
  answersAwaited: 2,
  statesAwaited: 3,
  passedMs: 9_900,
  expectedMs: 33_000,
};

test('a check that begins says so, and what it waits for', () => {
  expect(checkProgressText(BEGINNING)).toBe(
    'learning what the receiver takes · 1 web hook, awaiting 1 answer · 0s',
  );
});

test('a check under way says how far it is, and about how long it takes', () => {
  expect(checkProgressText(JUDGING)).toBe(
    '12 of 45 rules judged: any-order and 1 more · 812 web hooks, awaiting 2 answers and 3 states · 9s of about 35s',
  );
});

test('a check that takes longer than expected says that, and no false number', () => {
  const late = { ...JUDGING, passedMs: 40_000, answersAwaited: 0, statesAwaited: 0 };
  expect(checkProgressText(late)).toBe(
    '12 of 45 rules judged: any-order and 1 more · 812 web hooks · 40s, longer than usual',
  );
});
