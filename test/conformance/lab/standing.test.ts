import { describe, expect, test } from 'vitest';
import { createStanding, whyOver } from '../../../src/conformance/lab/standing.js';
import type { Outcome } from '../../../src/ports.js';
import { answered, exchangeOf } from '../plain.js';

const TIMED_OUT: Outcome = { kind: 'timed-out', ms: 10_000 };
const OK = answered(200);
const LIMITED = answered(429);
const UNREACHABLE: Outcome = { kind: 'unreachable', reason: 'nobody listens', ms: 1 };
const BROKEN: Outcome = { kind: 'broken', reason: 'cut off', ms: 1 };

function heard(outcomes: readonly Outcome[], everyMs = 0) {
  const standing = createStanding();
  for (const [index, outcome] of outcomes.entries()) {
    standing.hear(exchangeOf(outcome, { endMs: index * everyMs }));
  }
  return standing;
}

test('a receiver that answers nothing any more is silent', () => {
  expect(heard(Array(7).fill(TIMED_OUT)).answers).toBe(true);
  expect(heard(Array(8).fill(TIMED_OUT)).fall?.kind).toBe('silent');
});

test('a late answer now and then is no silence, but sixty of them are enough', () => {
  const now = Array.from({ length: 40 }, () => [TIMED_OUT, OK]).flat();
  expect(heard(now).answers).toBe(true);
  expect(heard([...now, ...now]).fall?.kind).toBe('silent');
});

test('a receiver that is restarted within seconds is not gone', () => {
  const restart = [OK, ...Array(10).fill(UNREACHABLE), OK];
  expect(heard(restart, 300).answers).toBe(true);
  expect(heard([OK, ...Array(20).fill(UNREACHABLE)], 300).fall?.kind).toBe('gone');
});

test('one that never was there is not gone, and is given up soon', () => {
  expect(heard(Array(3).fill(UNREACHABLE), 300).answers).toBe(true);
  expect(heard(Array(50).fill(UNREACHABLE), 300).fall?.kind).toBe('unreached');
});

test('what it fell over is kept, and what found nobody there is not', () => {
  const { fall } = heard([OK, BROKEN, ...Array(20).fill(UNREACHABLE)], 300);
  expect(fall?.last.map(({ outcome }) => outcome.kind)).toEqual(['responded', 'broken']);
});

test('a receiver that says 429 for eight seconds on end cannot be told', () => {
  expect(heard(Array(20).fill(LIMITED), 300).answers).toBe(true);
  expect(heard(Array(40).fill(LIMITED), 300).fall?.kind).toBe('limiting');
});

describe('a state that was read and is read no more', () => {
  const UNREAD = { text: '', unread: { kind: 'timed-out', reason: 'It is slow.' } } as const;
  const CANCELLED = { text: '', unread: { kind: 'cancelled', reason: 'Ctrl-C.' } } as const;
  const READ = { status: 200, text: '{}' } as const;

  test.each([
    ['for ten seconds, and three times, ends the run', [UNREAD, UNREAD, UNREAD], 5_000, 'unread'],
    ['for a moment does not', Array(40).fill(UNREAD), 100, undefined],
    ['now and then does not', Array(9).fill([UNREAD, UNREAD, READ]).flat(), 5_000, undefined],
    ['because of Ctrl-C does not', Array(9).fill(CANCELLED), 5_000, undefined],
  ])('%s', (_what, readings, everyMs, kind) => {
    const standing = createStanding();
    for (const [index, reading] of readings.entries())
      standing.hearReading(reading, index * everyMs);
    expect(standing.fall?.kind).toBe(kind);
    expect(standing.answers).toBe(kind === undefined);
  });

  test('is told by its reason', () => {
    const standing = createStanding();
    for (const nowMs of [0, 10_000, 20_000]) standing.hearReading(UNREAD, nowMs);
    expect(whyOver({ standing })).toEqual({
      code: 'fallen',
      fall: 'unread',
      reason: 'It is slow.',
    });
  });
});
