import { describe, expect, test } from 'vitest';
import { inOrderLife } from '../../../src/conformance/calibration/lives.js';
import {
  hasTimeForMore,
  mostCases,
  mostKinds,
  mostRuns,
  paceOneByOne,
} from '../../../src/conformance/calibration/pace.js';
import { mainLife } from '../../../src/conformance/profile.js';
import type { WorkTime } from '../../proving-ground/model.js';
import { modelWith } from '../../proving-ground/model-with.js';
import { calibrated, modelPlace } from '../open-lab.js';
import { kindNamed } from '../plain.js';

const CHECKOUT = kindNamed('checkout');
const LIFE = inOrderLife(CHECKOUT, mainLife(CHECKOUT));
const INFINITY = Number.POSITIVE_INFINITY;

test('a receiver that works at once is quick', async () => {
  const { calibration, gate } = await calibrated(modelPlace());
  expect(calibration.pace).toEqual({ perSecond: undefined, lifeMs: 0, webHooks: 4 });
  expect(gate.atOnce).toBe(40);
});

describe('a receiver that works', () => {
  test.each<[string, WorkTime, boolean, number]>([
    ['each for itself, later', { kind: 'later', ms: 60 }, false, 400],
    ['with four workers', { kind: 'queued', workers: 4, ms: 40 }, true, 25],
  ])('%s', async (_what, work, isQueue, perSecond) => {
    const { calibration, oracle, lab, clock } = await calibrated(modelPlace({ work }));
    const { pace } = calibration;
    expect(pace.perSecond).toBeGreaterThan(0.8 * perSecond);
    if (isQueue) expect(pace.perSecond).toBeLessThan(1.2 * perSecond);
    expect(pace.webHooks).toBe(4);
    expect(oracle.settleMs).toBeGreaterThanOrEqual(work.kind === 'later' ? 58 : 0);
    expect(oracle.settleMs).toBeLessThanOrEqual(2 * pace.lifeMs);
    const startMs = clock.monotonic();
    await Promise.all(Array.from({ length: 20 }, () => lab.execute(LIFE)));
    const tookMs = clock.monotonic() - startMs;
    expect(tookMs > pace.lifeMs + 15 * (1_000 / (pace.perSecond ?? 1))).toBe(isQueue);
  });
});

test.each([
  [undefined, 4, INFINITY, INFINITY, INFINITY, true],
  [100, 4, 133, INFINITY, 250, true],
  [6.8, 4, 9, INFINITY, 17, true],
  [3, 4, 4, INFINITY, 7, true],
  [2, 4, 2, 2, 5, true],
  [0.8, 4, 1, 1, 3, false],
  [2, 1, 2, 1, 5, false],
])(
  'at %s lives of %i web hooks a second there is time for %d kinds, %d cases, %d plans',
  (perSecond, webHooks, kinds, cases, runs, more) => {
    const pace = { perSecond, webHooks, lifeMs: 100 };
    expect([mostKinds(pace), mostCases(pace), mostRuns(pace)]).toEqual([kinds, cases, runs]);
    expect(hasTimeForMore(pace)).toBe(more);
  },
);

describe('a slow receiver that takes twelve at once', () => {
  test.each([
    ['429', false],
    ['503', false],
    ['429', true],
  ])('and answers %s to more is no queue; with orders: %s', async (status, makesOrders) => {
    const model = modelWith('answer: after 300 ms', `limit: ${status} above 12`);
    const { calibration, gate } = await calibrated(
      modelPlace(model),
      ['payment', 'checkout', 'invoice'],
      makesOrders ? { prepare: () => Promise.resolve({}) } : {},
      false,
    );
    expect(calibration.leftOut).toEqual([]);
    expect(calibration.pace.perSecond).toBeGreaterThan(4);
    expect(gate.atOnce).toBe(8);
  });
});

test('a crowd that loses some is more than the receiver takes', async () => {
  const model = modelWith('answer: after 300 ms', 'work: by a worker whose queue holds ten');
  const { calibration, gate } = await calibrated(
    modelPlace(model),
    ['payment', 'checkout'],
    {},
    false,
  );
  expect(calibration.leftOut).toEqual([]);
  expect(calibration.pace.perSecond).toBeGreaterThan(4);
  expect(gate.atOnce).toBe(6);
});

test.each(
  [500, 1_000, 3_000, 9_000].flatMap((everyMs) =>
    [0.3, 0.9, 0.97].map((ahead) => [everyMs, ahead] as const),
  ),
)(
  'a job that runs each %i ms, %d of that ago, is no queue, and settles as late as it may',
  async (everyMs, ahead) => {
    const work: WorkTime = { kind: 'in-batches', everyMs, aheadMs: ahead * everyMs };
    const { calibration, oracle } = await calibrated(
      modelPlace({ work }),
      ['payment', 'checkout'],
      {},
      false,
    );
    expect(calibration.leftOut).toEqual([]);
    expect(calibration.pace.lifeMs).toBeLessThan(1.2 * everyMs);
    expect(oracle.settleMs).toBeGreaterThan(0.6 * everyMs);
    expect(oracle.settleMs).toBeLessThan(1.2 * everyMs);
  },
);

test('one by one each waits until the one before is quiet', async () => {
  const { oracle, calibration } = await calibrated(modelPlace());
  const pace = paceOneByOne(oracle, { ...calibration.pace, lifeMs: 150 });
  expect(pace.perSecond).toBe(4);
});
