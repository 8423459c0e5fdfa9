import { expect, test } from 'vitest';
import type { LoadStretch, LoadSummary } from '../../../src/load/records.js';
import { burstPage } from '../../../src/report/html/burst.js';
import { readPage, textsOf } from './read-page.js';

const times = { count: 9, p50Ms: 4, p95Ms: 9, p99Ms: 80, p999Ms: 900, maxMs: 12_000 };

function stretch(atMs: number, changes: Partial<LoadStretch> = {}): LoadStretch {
  return { atMs, due: 10, sent: 10, delivered: 9, failed: 1, latency: times, ...changes };
}

const SUMMARY: LoadSummary = {
  kind: 'summary',
  ...{ forMs: 3_000, tookMs: 3_000, sent: 30, delivered: 27, failed: 3, allowedShare: 0 },
  ...{ statuses: { '200': 27, '503': 2 }, timedOut: 1, broken: 0, unreachable: 0, cancelled: 0 },
  kept: {
    due: 30,
    share: 1,
    onTimeMs: 50,
    late: 0,
    unsent: 0,
    blocked: 0,
    p99LateMs: 1,
    maxLateMs: 2,
  },
  latency: times,
  refused: { count: 2, share: 2 / 30, firstMs: 100, lastMs: 200 },
  ...{ timeoutMs: 10_000, stepMs: 1_000, interrupted: false },
  series: [
    stretch(0),
    stretch(1_000),
    stretch(2_000, { delivered: 0, failed: 0, latency: undefined }),
  ],
};

function pageOf(summary: LoadSummary) {
  const rate = { perSecond: 10, text: '10/s' };
  const renderer = burstPage(
    {
      ...{ url: 'http://127.0.0.1:3000/', isSigned: true, seed: '7', planned: 30, resources: 8 },
      asked: { from: rate, to: rate, forMs: 3_000, spread: 'constant' },
      ...{ notes: [], reproduce: 'inqud-hook burst 3000 --seed 7' },
    },
    { atMs: 0, version: '1.2.3', shown: (text) => text },
  );
  const outcome = { kind: 'responded', status: 503, ms: 3 } as const;
  const which = { event: 'checkout.new', resource: '<b>' };
  renderer.record({ kind: 'failed', ...which, atMs: 100, outcome });
  return readPage(renderer.end(summary));
}

test('a burst shows times to an answer against the 10 s, the rate, and what was not delivered', () => {
  const page = pageOf(SUMMARY);
  expect(page.problems).toEqual([]);
  expect(textsOf(page, 'h2')).toEqual([
    'Time to an answer',
    'Rate over time',
    'What was not answered 200 in time',
    'In numbers',
    'How it was sent',
    'The same again',
  ]);
  expect(textsOf(page, 'text')).toContain('Inqud waits 10 s');
  expect(textsOf(page, 'title')).toContain(
    '0:00:00: median 4 ms, 99 of 100 within 80 ms, longest 12.0 s, 9 answers',
  );
  expect(page.text).toContain('The first 1 of 3.');
  expect(page.text).toContain('<b>');
});

test('a burst names what was acknowledged and is not there', () => {
  const lost = { kind: 'lost', of: 'checkout', resource: 'CCO-<i>' } as const;
  const nothing = { path: undefined, expected: undefined, actual: undefined };
  const page = pageOf({
    ...SUMMARY,
    states: {
      ...{ acknowledged: 8, judged: 8, lost: 1, otherwise: 1, untold: [], waitedMs: 5 },
      wrong: [
        { ...lost, ...nothing },
        { ...lost, kind: 'otherwise', path: 'status', expected: '"paid"', actual: '"open"' },
      ],
    },
  });
  expect(page.problems).toEqual([]);
  expect(textsOf(page, 'tr')).toContain('checkout CCO-<i>✗ lost');
  expect(textsOf(page, 'tr')).toContain('checkout CCO-<i>≠ otherwisestatus"paid""open"');
});

test('a burst that was never answered has no times', () => {
  const page = pageOf({
    ...SUMMARY,
    latency: undefined,
    series: [stretch(0, { latency: undefined })],
  });
  expect(page.problems).toEqual([]);
  expect(textsOf(page, 'h2')[0]).toBe('Rate over time');
  expect(textsOf(pageOf({ ...SUMMARY, series: [] }), 'h2')[0]).toBe(
    'What was not answered 200 in time',
  );
});
