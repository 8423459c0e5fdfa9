import { describe, expect, test } from 'vitest';
import type { ExpectedStates } from '../../src/conformance/expectation.js';
import { deliver, deliverTogether, scriptOf } from '../../src/conformance/script.js';
import { isRight, shortPatienceMs, tryOut } from '../../src/conformance/trial.js';
import { laboratoryOf, openLab, showing } from './open-lab.js';
import { leavesOf } from './plain.js';
import { openShop, type ShopOptions } from './shop.js';

const SCRIPT = scriptOf({ kind: 'checkout', end: 'success' }, [deliver('new'), deliver('success')]);
const PAID: ExpectedStates = {
  measure: { kind: 'equal' },
  states: [leavesOf({ status: '"paid"' })],
  allowed: [],
};

/** A trial of a receiver that says so only that much later, and how long it took after the answer. */
async function trialOfLate(paidMs: number, settleMs: number, patienceMs?: number) {
  const open = await openLab(
    showing(({ sinceMs }) => ({ status: sinceMs >= paidMs ? 'paid' : 'new' })),
  );
  open.oracle.learnSettling([{ ms: settleMs, paths: ['status'] }]);
  const trial = await tryOut(laboratoryOf(open), SCRIPT, PAID, {}, patienceMs);
  return { trial, ms: open.clock.monotonic() - trial.execution.lastAnswerMs };
}

describe('a right state', () => {
  test.each([
    ['is waited for', 1_800, 0, undefined, true, 1_800],
    ['comes too late', 2_500, 0, undefined, false, 2_000],
    ['is waited for by what is known of the receiver', 2_500, 600, undefined, true, 2_500],
    ['is waited for no longer than one likes', 1_800, 0, 400, false, 400],
    ['is there at once', 0, 0, undefined, true, 100],
  ])('%s', async (_what, paidMs, settleMs, patienceMs, isIt, least) => {
    const { trial, ms } = await trialOfLate(paidMs, settleMs, patienceMs);
    expect(isRight(trial)).toBe(isIt);
    expect(ms).toBeGreaterThanOrEqual(least - 10);
    expect(ms).toBeLessThan(least + 700);
    const difference = { path: 'status', expected: '"paid"', actual: '"new"' };
    expect(trial.wrong).toEqual(isIt ? [] : [{ resource: 0, differences: [difference] }]);
  });
});

describe('what came of it', () => {
  async function tried(options: ShopOptions) {
    const open = await openLab(openShop(options));
    open.oracle.mask('updatedAt');
    const states = [
      leavesOf({ id: '"‹id 1›"', status: '"SUCCESS"', credited: '149.9', updatedAt: '' }),
    ];
    const steps = [deliver('new'), deliverTogether(['success', 'success'])];
    const script = scriptOf({ kind: 'checkout', end: 'success' }, steps);
    return tryOut(laboratoryOf(open), script, { ...PAID, states }, { once: true });
  }

  test('is right where all is taken, and came at the same time', async () => {
    const trial = await tried({});
    expect(isRight(trial)).toBe(true);
    expect(trial).toMatchObject({ overlapped: true, limited: false, refused: [], wrong: [] });
    expect(trial.exchanges).toHaveLength(3);
  });

  test.each([
    [500, false],
    [429, true],
  ])('is not where something is answered %i', async (status, limited) => {
    let came = 0;
    const trial = await tried({
      before: () => {
        came += 1;
        return came === 3 ? { status } : undefined;
      },
    });
    expect(isRight(trial)).toBe(false);
    expect(trial).toMatchObject({ limited, wrong: [] });
    expect(trial.refused).toHaveLength(1);
  });
});

test('nothing is expected of a run that is over', async () => {
  const open = await openLab(openShop());
  open.end();
  const trial = await tryOut(laboratoryOf(open), SCRIPT, PAID);
  expect(trial).toMatchObject({ exchanges: [], wrong: [] });
});

test.each([
  [0, 400],
  [100, 400],
  [500, 1_500],
])('a short look at what settles in %i ms has %i ms', async (settleMs, ms) => {
  const { oracle } = await openLab(openShop());
  oracle.learnSettling([{ ms: settleMs, paths: ['status'] }]);
  expect(shortPatienceMs(oracle)).toBe(ms);
});
