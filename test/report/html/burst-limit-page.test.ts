import { expect, test } from 'vitest';
import type { LimitStep, LimitSummary } from '../../../src/load/records.js';
import { limitPage } from '../../../src/report/html/burst-limit.js';
import { readPage, textsOf } from './read-page.js';

const times = { count: 9, p50Ms: 4, p95Ms: 9, p99Ms: 80, p999Ms: 90, maxMs: 100 };

const SUMMARY: LimitSummary = {
  ...{ kind: 'summary', ceilingPerSecond: 1_520, limitPerSecond: 1_200, limitedBy: 'slow' },
  ...{ p99LimitMs: 500, forMs: 3_000, timeoutMs: 10_000 },
  ...{ isConnected: true, isDown: false, interrupted: false },
};

function step(perSecond: number, changes: Partial<LimitStep> = {}): LimitStep {
  const counts = { sent: 3 * perSecond, failed: 0, unreachable: 0, latency: times };
  const how = { loop: 'open', connections: undefined, verdict: 'held' } as const;
  return { kind: 'step', perSecond, ...how, ...counts, ...changes };
}

function pageOf(steps: readonly LimitStep[], summary: LimitSummary = SUMMARY) {
  const renderer = limitPage(
    {
      ...{ url: 'http://127.0.0.1:3000/<b>', isSigned: true, seed: '7' },
      reproduce: 'inqud-hook burst 3000 --find-limit --seed 7',
    },
    { atMs: 0, version: '1.2.3', shown: (text) => text },
  );
  for (const one of steps) renderer.record(one);
  return readPage(renderer.end(summary));
}

test('the highest rate is shown among those that were tried, the lowest first', () => {
  const slow = { verdict: 'slow', latency: { ...times, p99Ms: 900, maxMs: 1_000 } } as const;
  const page = pageOf([
    step(1_520, { loop: 'closed', connections: 16, latency: undefined }),
    step(1_300, slow),
    step(1_200),
  ]);
  expect(page.problems).toEqual([]);
  expect(textsOf(page, 'h1')[0]).toContain('Up to 1200/s');
  expect(textsOf(page, 'h2')).toEqual([
    'The rates that were tried',
    'As fast as it answers',
    'What an outage would bring back',
    'How it was sent',
    'The same again',
  ]);
  expect(textsOf(page, 'dd').slice(0, 2)).toEqual(['1,200/s', '1,520/s']);
  expect(textsOf(page, 'text')).toContain('✓ 1,200/s');
  expect(textsOf(page, 'text')).toContain('99 of 100 have to be within 500ms');
  expect(textsOf(page, 'tr')).toEqual([
    'RateSentNot 200 in timep50p99LongestWhat came of it',
    '1,200/s3,60004 ms80 ms100 ms✓ held',
    '1,300/s3,90004 ms900 ms1.0 s✗ too slow',
    'ConnectionsAnswered 200Not',
    '161,520/s0',
  ]);
  expect(page.text).toContain('inqud-hook forecast --rate 20/min --outage 3h --capacity 1200/s');
  expect(page.text).toContain('http://127.0.0.1:3000/<b>');
});

test('a receiver that never answers has a page of what is known', () => {
  const none = { ...SUMMARY, ceilingPerSecond: 0, limitPerSecond: undefined, isConnected: false };
  const closed = { loop: 'closed', connections: 1, verdict: 'failed', latency: undefined } as const;
  const page = pageOf([step(0, { ...closed, failed: 1 })], none);
  expect(page.problems).toEqual([]);
  expect(textsOf(page, 'h1')[0]).toBe('No web hook ever connected: is the receiver running?');
  expect(textsOf(page, 'h2')[0]).toBe('As fast as it answers');
  expect(textsOf(page, 'dd')[0]).toBe('none');
});

test('a rate of which nothing was answered has a row, and no column', () => {
  const page = pageOf([step(40, { verdict: 'failed', failed: 120, latency: undefined }), step(20)]);
  expect(page.problems).toEqual([]);
  expect(textsOf(page, 'title').filter((text) => text.includes('median'))).toHaveLength(1);
  expect(textsOf(page, 'tr')).toContain('40/s120120✗ not all answered 200 in time');
});
