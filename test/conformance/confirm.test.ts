import { describe, expect, test } from 'vitest';
import { type Case, confirm } from '../../src/conformance/confirm.js';
import { expect as expectedOf } from '../../src/conformance/expectation.js';
import type { Laboratory } from '../../src/conformance/laboratory.js';
import { deliver, deliverTogether, scriptOf } from '../../src/conformance/script.js';
import { type Trial, tryOut } from '../../src/conformance/trial.js';
import type { Outcome } from '../../src/ports.js';
import { knownLaboratory } from './open-lab.js';
import { answered } from './plain.js';
import { careful, credulous, openShop } from './shop.js';

const CHECKOUT = { kind: 'checkout', end: 'success' };
const AGAIN: Case = {
  script: scriptOf(CHECKOUT, [deliver('success'), deliver('success')]),
  measure: { kind: 'same' },
};
const RACE: Case = {
  script: scriptOf(CHECKOUT, [deliverTogether(['success', 'success'])]),
  measure: { kind: 'same' },
};

/** A receiver that credits a second success now and then: by its number, and how many came at once. */
async function creditingAgain(credits: (nth: number, atOnce: number) => boolean) {
  let nth = 0;
  let underWay = 0;
  let atOnce = 0;
  const laboratory = await knownLaboratory(
    openShop({
      work: async (apply, orders, clock) => {
        underWay += 1;
        atOnce = Math.max(atOnce, underWay);
        await clock.sleep(3);
        apply(orders);
        underWay -= 1;
        if (underWay === 0) atOnce = 0;
      },
      handle: (order, event) => {
        if (order?.status !== 'SUCCESS' || event.status !== 'SUCCESS') return careful(order, event);
        nth += 1;
        const { credited } = order;
        return credits(nth, atOnce) ? { ...order, credited: credited + event.amount } : order;
      },
    }),
  );
  return { laboratory, count: () => nth };
}

/** The first trial, of which the first web hook came to something else. */
async function trialWith(laboratory: Laboratory, item: Case, outcome: Outcome): Promise<Trial> {
  const first = await trialOf(laboratory, item);
  const exchanges = first.exchanges.map((exchange, index) =>
    index === 0 ? { ...exchange, outcome } : exchange,
  );
  return { ...first, exchanges };
}

async function trialOf(laboratory: Laboratory, { script, measure }: Case): Promise<Trial> {
  const expected = await expectedOf(laboratory, script, measure);
  return laboratory.gate.shared(() => tryOut(laboratory, script, expected));
}

describe('what is done again', () => {
  test('and fails each time is told with how often it did, and where', async () => {
    const laboratory = await knownLaboratory(openShop({ handle: credulous }));
    const story = await confirm(laboratory, AGAIN, undefined);
    expect(story?.times).toEqual({ failed: 5, of: 5 });
    expect(story?.wrong).toEqual([
      { resource: 0, differences: [{ path: 'credited', expected: '149.9', actual: '299.8' }] },
    ]);
    expect(story).toMatchObject({ script: AGAIN.script, measure: AGAIN.measure });
    expect(story?.exchanges).toHaveLength(2);
  });

  test('and is right each time is let go', async () => {
    const { laboratory, count } = await creditingAgain(() => false);
    expect(await confirm(laboratory, AGAIN, undefined)).toBeUndefined();
    expect(count()).toBe(5);
  });

  test('and fails only beside others is let go', async () => {
    const { laboratory, count } = await creditingAgain((_, atOnce) => atOnce > 1);
    expect(await confirm(laboratory, AGAIN, undefined)).toBeUndefined();
    expect(count()).toBe(5 + 1 + 5);
  });

  test('and fails now and then, also alone, is told by what it did alone', async () => {
    const { laboratory } = await creditingAgain((nth) => nth % 2 === 0);
    const story = await confirm(laboratory, AGAIN, undefined);
    expect(story?.times).toEqual({ failed: 2, of: expect.toSatisfy((of) => of === 3 || of === 4) });
  });

  test('goes alone where resources get mixed up', async () => {
    let most = 0;
    const { laboratory } = await creditingAgain((_, atOnce) => {
      most = Math.max(most, atOnce);
      return false;
    });
    await confirm({ ...laboratory, isMixedUp: true }, AGAIN, undefined);
    expect(most).toBe(1);
  });
});

describe('a race', () => {
  test('is run up to twenty times before it is let go', async () => {
    const { laboratory, count } = await creditingAgain(() => false);
    expect(await confirm(laboratory, RACE, undefined)).toBeUndefined();
    expect(count()).toBe(20);
  });

  test('is lost when it is lost once in those', async () => {
    const { laboratory } = await creditingAgain((nth) => nth === 13);
    const story = await confirm(laboratory, RACE, undefined);
    expect(story?.times).toEqual({ failed: 1, of: 15 });
  });

  test('that was lost once, and still shows, is lost', async () => {
    const { laboratory } = await creditingAgain((nth) => nth === 1);
    const first = await trialOf(laboratory, RACE);
    const story = await confirm(laboratory, RACE, first);
    expect(story?.times).toEqual({ failed: 1, of: 21 });
    expect(story?.wrong[0]?.differences[0]).toMatchObject({ path: 'credited', actual: '299.8' });
  });

  test('that was lost for a moment is let go', async () => {
    let healedMs = Number.POSITIVE_INFINITY;
    const shop = openShop({
      handle: (order, event) => {
        if (order?.status === 'SUCCESS' && healedMs === Number.POSITIVE_INFINITY)
          healedMs = shop.clock.monotonic() + 2_500;
        return careful(order, event);
      },
      view: (order) => {
        const isLost = shop.clock.monotonic() < healedMs && healedMs < Number.POSITIVE_INFINITY;
        return isLost ? { ...order, credited: 0 } : order;
      },
    });
    const laboratory = await knownLaboratory(shop);
    const first = await trialOf(laboratory, RACE);
    expect(first.wrong).toHaveLength(1);
    expect(await confirm(laboratory, RACE, first)).toBeUndefined();
  });

  test.each([
    [204, true],
    [500, false],
    [429, false],
  ])('that was lost once, and answered %i, is lost: %s', async (status, isLost) => {
    const { laboratory } = await creditingAgain((nth) => nth === 1);
    const first = await trialWith(laboratory, RACE, answered(status));
    expect((await confirm(laboratory, RACE, first)) !== undefined).toBe(isLost);
  });
});

test('no race is proven by its first time alone', async () => {
  const { laboratory } = await creditingAgain((nth) => nth === 1);
  const first = await trialOf(laboratory, AGAIN);
  expect(first.wrong).toHaveLength(1);
  expect(await confirm(laboratory, AGAIN, first)).toBeUndefined();
});

test('what timed out is done again once', async () => {
  const { laboratory, count } = await creditingAgain(() => false);
  const first = await trialWith(laboratory, AGAIN, { kind: 'timed-out', ms: 10_000 });
  const before = count();
  await confirm(laboratory, AGAIN, first);
  expect(count()).toBe(before + 1);
});

test('what is limited is no failure, and what is refused is one', async () => {
  const refusing = async (status: number) => {
    const times = new Map<string, number>();
    const laboratory = await knownLaboratory(
      openShop({
        before: ({ event }) => {
          if (event?.status !== 'SUCCESS') return undefined;
          times.set(event.id, (times.get(event.id) ?? 0) + 1);
          return times.get(event.id) === 2 ? { status } : undefined;
        },
      }),
    );
    return confirm(laboratory, { ...AGAIN, options: { once: true } }, undefined);
  };
  expect(await refusing(429)).toBeUndefined();
  expect((await refusing(409))?.times).toEqual({ failed: 5, of: 5 });
});

describe('beside what decides,', () => {
  const LATE: Case = {
    script: scriptOf(CHECKOUT, [deliver('success'), deliver('new')]),
    measure: { kind: 'same' },
  };

  /** A receiver that notes something of all that came of an order. */
  const noting = (noteOf: (statuses: readonly string[]) => string) => {
    const seen = new Map<string, string[]>();
    const notes = new Map<string, string>();
    return openShop({
      handle: (order, event) => {
        const statuses = [...(seen.get(event.id) ?? []), event.status];
        seen.set(event.id, statuses);
        notes.set(event.id, noteOf(statuses));
        return careful(order, event);
      },
      view: (order) => ({ ...order, note: notes.get(order.id) }),
    });
  };

  test('a state is right that is so when what comes late is left out', async () => {
    const ofFirst = await knownLaboratory(noting(([first = '']) => first));
    expect(await confirm(ofFirst, LATE, undefined)).toBeUndefined();
    const ofDisorder = await knownLaboratory(
      noting((all) => (all.join() === 'SUCCESS,NEW' ? 'what a mess' : 'fine')),
    );
    const story = await confirm(ofDisorder, LATE, undefined);
    expect(story?.wrong[0]?.differences.map(({ path }) => path)).toEqual(['note']);
  });

  test.each([
    ['the reference', AGAIN],
    ['what is right as well', LATE],
  ])('%s is doubted before a receiver is accused', async (_what, item) => {
    let isDisturbed = false;
    const laboratory = await knownLaboratory(
      noting(([first = '']) => (isDisturbed ? 'disturbed' : first)),
    );
    isDisturbed = true;
    await laboratory.references.ofScript(scriptOf(CHECKOUT, [deliver('success')]));
    isDisturbed = false;
    expect((await trialOf(laboratory, item)).wrong).toHaveLength(1);
    expect(await confirm(laboratory, item, undefined)).toBeUndefined();
  });
});
