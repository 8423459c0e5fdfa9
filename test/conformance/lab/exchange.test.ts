import { describe, expect, test } from 'vitest';
import {
  answerOf,
  continued,
  hasHung,
  isCrowdedOut,
  isGenuine,
  isOk,
  isOverlapped,
  isWorthRetrying,
  unanswered,
} from '../../../src/conformance/lab/exchange.js';
import { saysNothingYet } from '../../../src/conformance/lab/nothing-yet.js';
import { Pacing } from '../../../src/conformance/lab/pacing.js';
import {
  deliver,
  deliverAndHangUp,
  deliverTogether,
  type ScriptDelivery,
  scriptOf,
} from '../../../src/conformance/script.js';
import type { Outcome } from '../../../src/ports.js';
import { SimulatedClock } from '../../simulated-clock.js';
import { checkoutAfter, openLab } from '../open-lab.js';
import { answered, exchangeOf } from '../plain.js';
import { openShop } from '../shop.js';

const TIMED_OUT: Outcome = { kind: 'timed-out', ms: 10 };
const UNREACHABLE: Outcome = { kind: 'unreachable', reason: 'x', ms: 1 };
const BROKEN: Outcome = { kind: 'broken', reason: 'x', ms: 1 };
const DELIVERY: ScriptDelivery = { resource: 0, event: 'new', answer: 'awaited' };

test.each<[string, readonly Outcome[], Partial<ScriptDelivery>, boolean]>([
  ['refused', [answered(500)], {}, true],
  ['late', [TIMED_OUT], {}, true],
  ['taken at last', [answered(500), answered(200)], {}, false],
  ['taken with 204', [answered(204)], {}, false],
  ['refused, and its answer lost', [answered(500)], { answer: 'lost' }, false],
  ['forged and refused', [answered(401)], { variant: { forge: 'missing' } }, false],
  ['in another form and refused', [answered(400)], { variant: { bytes: 'spacing' } }, true],
])('what is %s is unanswered: %#', (_what, outcomes, more, isIt) => {
  const delivery = { ...DELIVERY, ...more };
  const exchanges = outcomes.map((outcome, retry) => exchangeOf(outcome, { delivery, retry }));
  expect(unanswered(exchanges)).toEqual(isIt ? exchanges.slice(-1) : []);
});

test.each<[string, Outcome, number, boolean]>([
  ['hung up in time', { kind: 'cancelled' }, 2, true],
  ['answered before a hang-up was due', answered(200), 1, true],
  ['answered as it was due', answered(200), 12, true],
  ['answered long after a hang-up was due', answered(200), 100, false],
])('a web hook that was %s: carried out as it should be %#', (_what, outcome, ms, isIt) => {
  const hungUp = deliverAndHangUp('success', 2);
  const [delivery = DELIVERY] = hungUp.deliveries;
  const exchange = { ...exchangeOf(outcome, { delivery }), writtenMs: 50, endMs: 50 + ms };
  const script = scriptOf({ kind: 'checkout', end: 'success' }, [hungUp, deliver('success')]);
  expect(isOverlapped(script, [exchange])).toBe(isIt);
});

test.each<[Outcome, number]>([
  [TIMED_OUT, 1],
  [BROKEN, 2],
  [answered(404), 2],
  [answered(302), 2],
  [answered(500), 99],
  [UNREACHABLE, 99],
])('%j is worth so many retries: %i', (outcome, times) => {
  const rounds = Array.from({ length: 99 }, (_, round) => isWorthRetrying(outcome, round));
  expect(rounds.filter(Boolean)).toHaveLength(times);
  expect(rounds.lastIndexOf(true)).toBe(times - 1);
});

test.each([
  [429, 1, true],
  [503, 1, false],
  [503, 2, true],
  [500, 9, false],
])('%i with %i under way is a crowd: %s', (status, underWay, isCrowd) => {
  expect(isCrowdedOut({ outcome: answered(status), underWay })).toBe(isCrowd);
});

test('what came of it is said, and told apart', () => {
  expect([answered(404), TIMED_OUT, UNREACHABLE].map((outcome) => answerOf({ outcome }))).toEqual([
    'answered 404',
    'not answered in time',
    'not reached',
  ]);
  expect([199, 200, 299, 300].map((status) => isOk(answered(status)))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(isGenuine({ delivery: DELIVERY })).toBe(true);
  expect(isGenuine({ delivery: { ...DELIVERY, variant: {} } })).toBe(false);
  const hung = [TIMED_OUT, answered(200), TIMED_OUT].map((outcome) => exchangeOf(outcome));
  expect([1, 2, 3].map((patience) => hasHung(hung, patience))).toEqual([true, true, false]);
});

describe('deliveries of one step', () => {
  const script = scriptOf({ kind: 'checkout', end: 'success' }, [
    deliver('new'),
    deliverTogether(['new', 'success']),
  ]);

  test.each([
    ['overlap', [0, 10], [9, 20], true],
    ['meet at a moment only', [0, 10], [10, 20], false],
    ['come after each other', [0, 10], [11, 20], false],
  ])('%s', (_what, one, other, isIt) => {
    const first = exchangeOf(answered(200), { writtenMs: 100, endMs: 101 });
    const both = [one, other].map(([writtenMs = 0, endMs = 0]) =>
      exchangeOf(answered(200), { step: 1, writtenMs, endMs }),
    );
    const retry = exchangeOf(answered(200), { step: 1, retry: 1, writtenMs: 500, endMs: 501 });
    expect(isOverlapped(script, [first, ...both, retry])).toBe(isIt);
  });
});

test('what is sent after an execution is numbered on', async () => {
  const execution = await checkoutAfter(await openLab(openShop()), 'new');
  const more = continued(execution, [deliver('success')], [exchangeOf(answered(200))], 99);
  expect(more.exchanges.map(({ step }) => step)).toEqual([0, 1]);
  expect(more.script.steps).toHaveLength(2);
  expect(more.lastAnswerMs).toBe(99);
});

describe('a command says that there is nothing yet', () => {
  const subject = { id: 'CCO-1', clientOrderId: 'order-7', kind: 'checkout', amount: '1' };

  test.each([
    ['curl: (22) The requested URL returned error: 404', true],
    ['HTTP/1.1 410 Gone', true],
    ['cat: orders/CCO-1.json: No such file or directory', true],
    ['no order order-7', true],
    ['order CCO-1\nwas not found', false],
    ['curl: (22) The requested URL returned error: 500', false],
    ['cat: orders/CCO-2.json: No such file or directory', false],
    ['no such table: orders (looking for CCO-1)', false],
    ['took 404 ms', false],
    ['', false],
  ])('%j: %s', (complaint, isIt) => {
    expect(saysNothingYet(complaint, subject)).toBe(isIt);
  });
});

describe('work begins', () => {
  /** When each of some pieces of work began, of so many web hooks and so many milliseconds. */
  async function begun(
    pacing: Pacing,
    clock: SimulatedClock,
    webHooks: readonly number[],
    ms: number,
  ) {
    return Promise.all(
      webHooks.map((count) =>
        pacing.take({ webHooks: count }, async () => {
          const startMs = clock.monotonic();
          await clock.sleep(ms);
          return startMs;
        }),
      ),
    );
  }

  test('some at a time, in order', async () => {
    const clock = new SimulatedClock();
    expect(await begun(new Pacing(2, clock), clock, [1, 1, 1, 1, 1], 10)).toEqual([
      0, 0, 10, 10, 20,
    ]);
  });

  test('when what was given before can be done', async () => {
    const clock = new SimulatedClock();
    const pacing = new Pacing(9, clock);
    pacing.keepPace(7);
    expect(await begun(pacing, clock, [3, 1, 2, 1], 1)).toEqual([0, 21, 28, 42]);
    await clock.sleep(100);
    const nowMs = clock.monotonic();
    expect(await begun(pacing, clock, [1, 1], 1)).toEqual([nowMs, nowMs + 7]);
  });

  test('for all who wait, where more are let in, and never for none', async () => {
    const clock = new SimulatedClock();
    const pacing = new Pacing(1, clock);
    const waiting = begun(pacing, clock, [1, 1, 1], 10);
    await clock.sleep(5);
    pacing.limit(3);
    expect(await waiting).toEqual([0, 5, 5]);
    pacing.limit(0);
    const startMs = clock.monotonic();
    expect(await begun(pacing, clock, [1, 1], 10)).toEqual([startMs, startMs + 10]);
  });

  test('after work that failed', async () => {
    const clock = new SimulatedClock();
    const pacing = new Pacing(1, clock);
    await expect(
      pacing.take({ webHooks: 1 }, () => Promise.reject(new Error('no'))),
    ).rejects.toThrow('no');
    expect(await begun(pacing, clock, [1], 1)).toEqual([0]);
  });
});
