import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { findingOf } from '../../src/delivery/findings.js';
import { judgeAnswer } from '../../src/delivery/judge-answer.js';
import { explanationOf } from '../../src/report/send/words.js';
import { shellLine } from '../../src/report/shell-words.js';
import { answerTime, clockTime, duration, shortDuration } from '../../src/report/time.js';
import { findingText } from '../../src/report/words.js';
import { USUAL_WIDTH, wrapped } from '../../src/report/wrap.js';

test.each([
  [0, '0:00:00'],
  [133_000, '0:02:13'],
  [133_950, '0:02:13'],
  [360_000_000, '100:00:00'],
])('plan time %i ms reads %s', (ms, text) => {
  expect(clockTime(ms)).toBe(text);
});

test.each([
  [0, '0s', '0s'],
  [250, '250ms', '250ms'],
  [120_000, '2m', '2m'],
  [5_400_000, '1h 30m', '1h'],
  [122_400_000, '1d 10h', '1d'],
  [122_461_001, '1d 10h', '1d'],
])('a stretch of %i ms reads %s, or %s in short', (ms, text, short) => {
  expect([duration(ms), shortDuration(ms)]).toEqual([text, short]);
});

test.each([
  [0.01, '0.1 ms'],
  [0.44, '0.4 ms'],
  [0.96, '1 ms'],
  [3.6, '4 ms'],
  [999.4, '999 ms'],
  [1_240, '1.2 s'],
])('an answer after %d ms reads %s', (ms, text) => {
  expect(answerTime(ms)).toBe(text);
});

describe('text is broken at spaces so that it fits 80 columns', () => {
  const words = Array.from({ length: 30 }, () => 'word').join(' ');

  test('behind an indent', () => {
    const lines = `  ${wrapped(words, USUAL_WIDTH, '  ')}`.split('\n');
    expect(lines.map((line) => line.length)).toEqual([76, 76]);
    expect(lines.join(' ').replaceAll(/ +/g, ' ').trim()).toBe(words);
  });

  test('whatever its colours', () => {
    expect(
      wrapped(`\u001b[31m${'x'.repeat(39)}\u001b[39m ${'y'.repeat(40)}`, USUAL_WIDTH),
    ).not.toContain('\n');
  });

  test('but for a word that is longer', () => {
    expect(wrapped(`a ${'x'.repeat(90)} b`, USUAL_WIDTH)).toBe(`a\n${'x'.repeat(90)}\nb`);
    expect(wrapped('x'.repeat(90), USUAL_WIDTH)).toBe('x'.repeat(90));
  });
});

test('words are quoted for a shell where they need it', () => {
  expect(shellLine(['send', "it's", 'a b', '', '$HOME', '--set', 'a=1'])).toBe(
    `send 'it'\\''s' 'a b' '' '$HOME' --set a=1`,
  );
});

test('a word that cannot be seen is quoted so that bash reads it back', () => {
  const word = "a\u001b[31m\n\u202e it's \\x é";
  const quoted = shellLine([word]);
  expect(quoted).toMatch(/^[ -~]+$/);
  expect(execFileSync('bash', ['-c', `printf %s ${quoted}`], { encoding: 'utf8' })).toBe(word);
});

describe('an answer is explained by what Inqud makes of it', () => {
  const responded = (status: number, ms = 5) => ({ kind: 'responded', status, ms }) as const;

  test.each([
    [responded(200), 'Delivered: 200 is what Inqud counts.'],
    [responded(200, 15_000), '200, but after 15.0 s: Inqud waits 10 s. Inqud retries.'],
    [responded(202), '202 is not 200: Inqud counts exactly 200 as delivered. Inqud retries.'],
    [
      responded(307),
      '307 is a redirect, and a redirect is not 200: register the final URL. Inqud retries.',
    ],
    [
      { kind: 'broken', reason: 'The receiver reset the connection.', ms: 2 },
      'The receiver reset the connection. Inqud retries.',
    ],
    [{ kind: 'cancelled' }, 'The run was interrupted.'],
  ] as const)('%j', (outcome, text) => {
    const { because } = judgeAnswer(outcome, { kind: 'status', status: 200 });
    expect(explanationOf(because)).toBe(text);
  });

  test('an event that is lost is not retried, and nothing says so', () => {
    expect(findingText(findingOf(responded(503)))).toBe('503 is a failure of the receiver.');
  });
});
