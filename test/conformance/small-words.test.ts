import { describe, expect, test } from 'vitest';
import { partsOf } from '../../src/conformance/grounds.js';
import { sortsInTurn } from '../../src/conformance/in-turn.js';
import { once } from '../../src/conformance/once.js';
import { mendedIn } from '../../src/conformance/swallowed.js';
import type { Outcome } from '../../src/ports.js';
import { laboratoryOf, openLab } from './open-lab.js';
import { answered, exchangeOf } from './plain.js';
import { openShop } from './shop.js';

test('grounds are a list, whether one is given or several', () => {
  expect(partsOf('x')).toEqual(['x']);
  expect(partsOf({ code: 'no-time' })).toEqual([{ code: 'no-time' }]);
  expect(partsOf(['x', { code: 'no-time' }])).toEqual(['x', { code: 'no-time' }]);
});

test('the first of every sort comes before the second of any', () => {
  const sorted = sortsInTurn(['a1', 'a2', 'b1', 'a3', 'c1', 'b2'], ([sort = '']) => sort);
  expect(sorted).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
});

test('what is done once is done once in a check, and again in another', async () => {
  const open = await openLab(openShop());
  const [one, other] = [laboratoryOf(open), laboratoryOf(open)];
  let times = 0;
  const count = once(async () => {
    times += 1;
    return times;
  });
  expect(await Promise.all([count(one), count(one), count(other)])).toEqual([1, 1, 2]);
  expect(await count(other)).toBe(2);
});

describe('what was refused is mended by a retry', () => {
  const delivery = { resource: 0, event: 'success', answer: 'awaited' } as const;
  const forged = { ...delivery, variant: { forge: 'missing' } } as const;

  test.each([
    ['that is answered 200', [500, 200], 1],
    ['that is answered 204, after two of them', [500, 503, 204], 1],
    ['not by one that is refused', [500, 500], 0],
    ['not where it was limited', [429, 200], 0],
    ['not where it was too late', [undefined, 200], 0],
  ])('%s', (_what, statuses, times) => {
    const exchanges = statuses.map((status, retry) => {
      const outcome: Outcome =
        status === undefined ? { kind: 'timed-out', ms: 9 } : answered(status);
      return exchangeOf(outcome, { retry, delivery });
    });
    expect(mendedIn(exchanges)).toEqual(exchanges.slice(0, times));
  });

  test('not by a copy, and not where it was forged', () => {
    const copies = [delivery, { ...delivery }].map((one, index) =>
      exchangeOf(answered(index === 0 ? 500 : 200), { delivery: one }),
    );
    expect(mendedIn(copies)).toEqual([]);
    const tries = [401, 200].map((status, retry) =>
      exchangeOf(answered(status), { retry, delivery: forged }),
    );
    expect(mendedIn(tries)).toEqual([]);
  });
});
