import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/conformance/state/change.js';
import type { States } from '../../../src/conformance/state/oracle.js';
import { settle, settleAs, watch } from '../../../src/conformance/state/settle.js';
import { checkoutAfter, openLab, showing } from '../open-lab.js';

/**
 * One checkout of which a web hook has come, and of which the state goes that course: `new, 70 paid`
 * is new at once, and paid after 70 ms.
 */
async function following(course: string, settleMs = 0) {
  const turns = course.split(', ').map((turn) => {
    const [status, fromMs = '0'] = turn.split(' ').toReversed();
    return { status, fromMs: Number(fromMs) };
  });
  const open = await openLab(
    showing(({ sinceMs }) => ({
      status: turns.findLast(({ fromMs }) => fromMs <= sinceMs)?.status,
    })),
  );
  const execution = await checkoutAfter(open, 'new');
  open.oracle.learnSettling([{ ms: settleMs, paths: ['status'] }]);
  const tookMs = () => open.clock.monotonic() - execution.lastAnswerMs;
  return { ...open, execution, tookMs };
}

function statusIn(states: States): string | undefined {
  return states[0]?.get('status')?.[0];
}

describe('settling', () => {
  test.each<[string, string, number, string, number]>([
    ['nothing comes', 'new', 0, '"new"', 100],
    ['what comes at once', 'new, 20 paid', 0, '"paid"', 100],
    ['what comes at the last moment, and longer for it', 'new, 98 paid', 0, '"paid"', 140],
    ['step after step', 'a, 80 b, 120 c, 160 d', 0, '"d"', 200],
    ['what comes as late as ever', 'new, 390 paid', 200, '"paid"', 580],
    ['not what comes later than that', 'new, 600 paid', 200, '"new"', 400],
  ])('waits for %s', async (_what, course, settleMs, status, ms) => {
    const { lab, oracle, execution, tookMs } = await following(course, settleMs);
    const { states } = await settle(lab, oracle, execution);
    expect(statusIn(states)).toBe(status);
    expect(tookMs()).toBeGreaterThanOrEqual(ms);
    expect(tookMs()).toBeLessThan(ms + 60);
  });

  test('says what changed, where, and how long after the last answer', async () => {
    const course = 'new, 30 seen, 70 paid';
    const { lab, oracle, execution } = await following(course);
    const { changes } = await settle(lab, oracle, execution);
    expect(changes.map(({ paths }) => paths)).toEqual([['status'], ['status']]);
    const [first = { ms: 0 }, second = { ms: 0 }] = changes;
    expect(first.ms).toBeGreaterThanOrEqual(28);
    expect(first.ms).toBeLessThan(60);
    expect(second.ms).toBeGreaterThanOrEqual(68);
    expect(second.ms).toBeLessThan(100);
  });

  test('ends after 20 s with what never comes to rest', async () => {
    let looks = 0;
    const open = await openLab(
      showing(() => {
        looks += 1;
        return { looks };
      }),
    );
    const execution = await checkoutAfter(open, 'new');
    const { changes } = await settle(open.lab, open.oracle, execution);
    expect(open.clock.monotonic() - execution.lastAnswerMs).toBeGreaterThan(19_900);
    expect(changes.length).toBeGreaterThan(500);
  });

  test('does not look before a receiver has had the time it takes', async () => {
    let firstMs: number | undefined;
    const open = await openLab(
      showing(({ sinceMs }) => {
        firstMs ??= sinceMs;
        return {};
      }),
    );
    open.oracle.learnSettling([{ ms: 700, paths: ['status'] }]);
    await settle(open.lab, open.oracle, await checkoutAfter(open, 'new'));
    expect(firstMs).toBeGreaterThanOrEqual(700);
  });
});

describe('watching', () => {
  const course = 'new, 300 seen, 900 paid';

  test.each([
    ['a moment', 100, undefined, '"new"'],
    ['as long as a change takes', 400, undefined, '"seen"'],
    ['longer', 700, undefined, '"paid"'],
    ['longer, but with an end', 700, 600, '"seen"'],
  ])('without a change for %s', async (_what, quietMs, longestMs, status) => {
    const { lab, oracle, execution } = await following(course);
    const { states } = await watch(lab, oracle, execution, {
      quietMs: () => quietMs,
      ...(longestMs !== undefined && { longestMs }),
    });
    expect(statusIn(states)).toBe(status);
  });

  test('goes by what has been seen so far, and tells of it', async () => {
    const { lab, oracle, execution } = await following(course);
    const heard: (readonly [Change, string | undefined, string | undefined])[] = [];
    const { changes } = await watch(lab, oracle, execution, {
      quietMs: (seen) => (seen.length === 0 ? 400 : 700),
      onChange: (change, before, after) => heard.push([change, statusIn(before), statusIn(after)]),
    });
    expect(heard.map(([change]) => change)).toEqual(changes);
    expect(heard.map(([, ...both]) => both)).toEqual([
      ['"new"', '"seen"'],
      ['"seen"', '"paid"'],
    ]);
  });

  test('ends with the states that are waited for', async () => {
    const { lab, oracle, execution, tookMs } = await following(course);
    await watch(lab, oracle, execution, {
      quietMs: () => 5_000,
      isEnd: (states) => statusIn(states) === '"seen"',
    });
    expect(tookMs()).toBeLessThan(400);
  });
});

describe('states that are expected', () => {
  const isPaid = (states: States) => statusIn(states) === '"paid"';

  test.each<[string, string, number, boolean, number]>([
    ['are there', 'paid', 0, true, 150],
    ['come late, but in time', 'new, 1500 paid', 0, true, 1_600],
    ['never come', 'new', 0, false, 2_000],
    ['come too late', 'new, 3000 paid', 0, false, 2_000],
    ['come later where a receiver takes its time', 'new, 3000 paid', 700, true, 3_800],
    ['are changed again', 'paid, 60 new', 0, false, 2_000],
    ['come by steps that go on', 'a, 1950 b, 2020 paid', 0, true, 2_100],
    ['go, and come again', 'paid, 40 new, 80 paid', 0, true, 150],
  ])('%s', async (_what, course, settleMs, isAsExpected, ms) => {
    const { lab, oracle, execution, tookMs } = await following(course, settleMs);
    const settled = await settleAs(lab, oracle, execution, isPaid);
    expect(settled.isAsExpected).toBe(isAsExpected);
    expect(isPaid(settled.states)).toBe(isAsExpected);
    expect(tookMs()).toBeGreaterThan(ms - 60);
    expect(tookMs()).toBeLessThan(ms + 100);
  });

  test('are waited for as long as one likes', async () => {
    const { lab, oracle, execution, tookMs } = await following('new, 500 paid');
    expect((await settleAs(lab, oracle, execution, isPaid, 300)).isAsExpected).toBe(false);
    expect(tookMs()).toBeLessThan(400);
    expect((await settleAs(lab, oracle, execution, isPaid, 300)).isAsExpected).toBe(true);
  });
});

test('a run that is over looks at nothing', async () => {
  const { lab, oracle, execution, end } = await following('paid');
  end();
  const nothing = { states: [], changes: [] };
  expect(await settle(lab, oracle, execution)).toEqual(nothing);
  expect(await watch(lab, oracle, execution, { quietMs: () => 1 })).toEqual(nothing);
  const settled = await settleAs(lab, oracle, execution, () => true);
  expect(settled).toEqual({ states: [], isAsExpected: false });
});
