import { describe, expect, test } from 'vitest';
import { openLoop } from '../../src/load/open-loop.js';
import { SimulatedClock } from '../simulated-clock.js';
import { type LoadReaction, loaded, loadTransport, OK, perSecond, portsOf } from './loads.js';

const slow =
  (ms: number): LoadReaction =>
  async (_number, clock) => {
    await clock.sleep(ms);
    return OK;
  };

/** Stands still for so long at the start of every so many milliseconds, and answers what came then. */
const stalling =
  (stallMs: number, everyMs: number): LoadReaction =>
  async (_number, clock) => {
    const withinMs = clock.monotonic() % everyMs;
    if (withinMs < stallMs) await clock.sleep(stallMs - withinMs);
    return OK;
  };

describe('web hooks leave when they are due', () => {
  test('whatever is still unanswered', async () => {
    const { summary, most } = await loaded(perSecond(100, 2_000), slow(1_000));
    expect(summary).toMatchObject({ sent: 200, delivered: 200, failed: 0 });
    expect(summary.kept).toMatchObject({ due: 200, share: 1, late: 0, unsent: 0, maxLateMs: 0 });
    expect(summary.tookMs).toBe(2_990);
    expect(most).toBe(100);
  });

  test('and the figures hold the stalls of a receiver that a closed loop does not see', async () => {
    const { summary } = await loaded(perSecond(1_000, 9_000), stalling(300, 3_000));
    expect(summary.latency?.p99Ms).toBeGreaterThan(270 * 0.99);
    expect(summary.latency?.p99Ms).toBeLessThan(270 * 1.01);
    expect(summary.latency).toMatchObject({ count: 9_000, p50Ms: 0, maxMs: 300 });
  });
});

describe('where no connection is free', () => {
  test('they wait in turn, and their times count from when they were due', async () => {
    const { summary, most } = await loaded(perSecond(10, 2_000), slow(200), { connections: 1 });
    expect(most).toBe(1);
    expect(summary.latency?.maxMs).toBe(2_100);
    expect(summary.kept).toMatchObject({ due: 20, late: 19, unsent: 0, blocked: 19 });
  });

  test('for as long as the receiver has to answer, they are given up', async () => {
    const { summary } = await loaded(perSecond(10, 2_000), slow(900), {
      connections: 1,
      timeoutMs: 1_000,
    });
    expect(summary).toMatchObject({ sent: 4, delivered: 4 });
    expect(summary.kept).toMatchObject({ due: 20, unsent: 16, maxLateMs: 1_000 });
  });
});

describe('what came of them is counted', () => {
  test('by status and by end, and those that failed are told', async () => {
    const answers: LoadReaction = (number) => {
      if (number === 2) return { kind: 'responded', status: 503, ms: 0 };
      if (number === 3) return { kind: 'broken', reason: 'It broke.', ms: 0 };
      if (number === 4) return { kind: 'unreachable', reason: 'Nobody is there.', ms: 0 };
      return number === 5 ? new Promise(() => {}) : OK;
    };
    const { summary, failures } = await loaded(perSecond(1, 6_000), answers);
    expect(summary).toMatchObject({
      sent: 6,
      delivered: 2,
      failed: 4,
      statuses: { 200: 2, 503: 1 },
      broken: 1,
      unreachable: 1,
      timedOut: 1,
      refused: { count: 1, share: 1 / 6, firstMs: 1_000, lastMs: 1_000 },
    });
    expect(summary.latency).toMatchObject({ count: 4, maxMs: 10_000 });
    expect(failures.map(({ resource, atMs }) => [resource, atMs])).toEqual([
      ['PMT-1', 1_000],
      ['PMT-2', 2_000],
      ['PMT-3', 3_000],
      ['PMT-4', 4_000],
    ]);
  });

  test('second by second', async () => {
    const { summary } = await loaded(perSecond(10, 2_000), slow(1_500));
    expect(summary.stepMs).toBe(1_000);
    expect(
      summary.series.map(({ atMs, due, sent, delivered, latency }) => [
        atMs,
        due,
        sent,
        delivered,
        latency?.maxMs,
      ]),
    ).toEqual([
      [0, 10, 10, 0, undefined],
      [1_000, 10, 10, 5, 1_500],
      [2_000, 0, 0, 10, 1_500],
      [3_000, 0, 0, 5, 1_500],
    ]);
  });

  test('in stretches that grow with a long run', async () => {
    const { summary } = await loaded(perSecond(0.1, 3_600_000), () => OK);
    expect(summary.stepMs).toBe(6_000);
    expect(summary.series.length).toBeLessThanOrEqual(600);
  });

  test('of a thousand failures the first hundred are told', async () => {
    const refusing: LoadReaction = () => ({ kind: 'responded', status: 500, ms: 0 });
    const { failures, summary } = await loaded(perSecond(1_000, 1_000), refusing);
    expect(failures).toHaveLength(100);
    expect(summary.failed).toBe(1_000);
  });
});

describe('an interruption', () => {
  test('cancels what is in flight, and the summary still comes', async () => {
    const interruption = new AbortController();
    const answers: LoadReaction = (number) => {
      if (number === 5) interruption.abort();
      return number === 1 ? OK : new Promise(() => {});
    };
    const { summary } = await loaded(perSecond(10, 60_000), answers, {
      signal: interruption.signal,
    });
    expect(summary).toMatchObject({ sent: 5, delivered: 1, cancelled: 4, interrupted: true });
    expect(summary.kept.due).toBe(5);
  });

  test('so does whoever stops reading', async () => {
    const clock = new SimulatedClock();
    const transport = loadTransport(clock, (number) =>
      number === 1 ? { kind: 'responded', status: 500, ms: 0 } : new Promise(() => {}),
    );
    const options = { connections: 10, timeoutMs: 10_000, allowedShare: 0 };
    const run = openLoop(perSecond(10, 60_000), portsOf(transport, clock), options);
    expect(await run.next()).toMatchObject({ value: { kind: 'failed' } });
    await run.return(undefined as never);
    expect(clock.monotonic()).toBeLessThan(1_000);
  });
});

test('a bug of the transport ends the run with that bug', async () => {
  const broken: LoadReaction = () => Promise.reject(new TypeError('a bug'));
  await expect(loaded(perSecond(10, 1_000), broken)).rejects.toThrow('a bug');
});
