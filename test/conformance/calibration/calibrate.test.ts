import { describe, expect, test } from 'vitest';
import { calibrate } from '../../../src/conformance/calibration/calibrate.js';
import { calibrated, modelPlace, openLab } from '../open-lab.js';
import { kindNamed } from '../plain.js';
import { type Order, openShop, type ShopOptions } from '../shop.js';

const FEW = ['payment', 'checkout', 'invoice'];

function names(kinds: readonly { readonly name: string }[]) {
  return kinds.map(({ name }) => name);
}

describe('of a correct receiver', () => {
  test('every kind is seen, and nothing is skipped, left out or masked', async () => {
    const { calibration, oracle } = await calibrated(modelPlace(), FEW, {}, false);
    expect(names(calibration.kinds)).toEqual(FEW);
    expect(calibration).toMatchObject({
      leftOut: [],
      skipped: [],
      isMixedUp: false,
      witness: undefined,
      stateSeen: undefined,
      pace: { perSecond: undefined },
    });
    for (const { name, profile, blind } of calibration.kinds) {
      expect([name, profile?.deciding.length, blind]).toEqual([
        name,
        expect.toSatisfy((n) => n > 0),
        undefined,
      ]);
    }
    expect([...calibration.offers.keys()]).toEqual(FEW);
    expect([...oracle.masked]).toEqual([]);
  });

  test('that is slow there is time for some kinds, unless they are named', async () => {
    const queue = () => modelPlace({ work: { kind: 'queued', workers: 1, ms: 250 } });
    const two = FEW.slice(0, 2);
    const some = (await calibrated(queue(), two, {}, false)).calibration;
    expect([names(some.kinds), some.leftOut]).toEqual([['payment'], ['checkout']]);
    const named = (await calibrated(queue(), two)).calibration;
    expect([names(named.kinds), named.leftOut]).toEqual([two, []]);
  });
});

describe('kinds are skipped', () => {
  const checkoutsAlone = (otherKind: number) =>
    modelPlace({
      kinds: ['checkout'],
      answers: { done: 200, forged: 401, duplicate: 200, otherKind, afterMs: 0, crowded: 429 },
    });

  test.each([
    [404, true],
    [500, false],
  ])('that are answered %i, which is a decision: %s', async (status, isDeclined) => {
    const { calibration } = await calibrated(checkoutsAlone(status), FEW);
    expect(names(calibration.kinds)).toEqual(['checkout']);
    expect(calibration.skipped).toMatchObject(
      ['payment', 'invoice'].map((kind) => ({
        kind,
        isDeclined,
        takenInPart: false,
        event: 'new',
        came: { code: 'status', status },
      })),
    );
  });

  test('but not those that are answered, and do not show', async () => {
    const { calibration } = await calibrated(checkoutsAlone(200), FEW);
    const blind = calibration.kinds.map(({ name, blind: why }) => [name, why?.code]);
    expect(blind).toEqual([
      ['payment', 'unmoved'],
      ['checkout', undefined],
      ['invoice', 'unmoved'],
    ]);
    expect(calibration.stateSeen).toBeUndefined();
  });
});

describe('a state that tells nothing', () => {
  test('is not asked for where there is none', async () => {
    const { calibration } = await calibrated(openShop(), ['checkout'], { isBlind: true });
    expect(calibration.kinds.map(({ blind }) => blind)).toEqual([{ code: 'no-probe' }]);
    expect(calibration.stateSeen).toBeUndefined();
  });

  test.each<[string, ShopOptions, string, string]>([
    ['is empty', { instead: () => ({}) }, 'unmoved', 'nothing'],
    ['is not there', { view: () => undefined }, 'unmoved', 'not-found'],
    ['says the same of each end', { view: () => ({ seen: true }) }, 'same-ends', 'state'],
    [
      'shows failures alone',
      { view: ({ status }) => (status === 'EXPIRED' ? { failed: true } : undefined) },
      'success-unshown',
      'not-found',
    ],
  ])('and %s is shown as it was answered', async (_what, options, code, looksLike) => {
    const { calibration } = await calibrated(openShop(options));
    expect(calibration.kinds.map(({ blind }) => blind?.code)).toEqual([code]);
    expect(calibration.stateSeen).toMatchObject({ kind: 'checkout', looksLike });
    expect(calibration.stateSeen?.url).toContain('/orders/CCO-');
  });
});

describe('what varies', () => {
  test.each<[string, (order: Order) => unknown, readonly string[]]>([
    ['at each look', (order) => ({ ...order, request: crypto.randomUUID() }), ['request']],
    ['from order to order', (order) => ({ ...order, basket: order.id.slice(4, 9) }), ['basket']],
  ])('%s is masked', async (_what, view, paths) => {
    const { oracle, calibration } = await calibrated(openShop({ view }));
    expect([...oracle.masked]).toEqual(expect.arrayContaining([...paths]));
    expect([...oracle.masked]).not.toContain('status');
    expect(calibration.kinds[0]?.profile?.deciding).toEqual(['status', 'credited']);
  });
});

test('orders that disturb each other are told by one that comes alone', async () => {
  const { calibration, gate, oracle } = await calibrated(
    openShop({
      work: async (apply, orders, clock) => {
        const copy = new Map(orders);
        apply(copy);
        await clock.sleep(5);
        orders.clear();
        for (const [id, order] of copy) orders.set(id, order);
      },
    }),
  );
  expect(calibration.isMixedUp).toBe(true);
  expect(gate.atOnce).toBe(1);
  expect(calibration.kinds.map(({ profile }) => profile?.deciding)).toEqual([
    ['status', 'credited'],
  ]);
  expect([...oracle.masked]).not.toContain('status');
  expect(calibration.pace.perSecond).toBeLessThanOrEqual(10);
});

/** Longer than a state is watched at first. */
const WORK_MS = 1_400;

test('a state that said for long that work was under way is calibrated anew', async () => {
  const underWay = new Map<string, number>();
  const shop = openShop({
    before: ({ event, nowMs }) => {
      if (event !== undefined) underWay.set(event.id, nowMs + WORK_MS);
      return undefined;
    },
    delayMs: WORK_MS,
    instead: (id) =>
      (underWay.get(id) ?? 0) > shop.clock.monotonic() ? { status: 'processing' } : undefined,
  });
  const { calibration, oracle } = await calibrated(shop);
  expect(calibration.kinds[0]?.profile?.deciding).toContain('status');
  expect(oracle.settleMs).toBeGreaterThan(WORK_MS - 10);
});

test('a receiver that hangs half-way is unanswered, not unmoved', async () => {
  let came = 0;
  const { calibration } = await calibrated(
    openShop({
      before: () => {
        came += 1;
        return came > 30 ? 'silence' : undefined;
      },
    }),
  );
  expect(calibration.kinds.map(({ blind }) => blind)).toEqual([{ code: 'unanswered' }]);
});

test('a run that is interrupted ends soon, with nothing seen', async () => {
  const { lab, oracle, gate, clock, end } = await openLab(openShop());
  void clock.sleep(1).then(end);
  const candidates = { kinds: [kindNamed('checkout')], areNamed: true };
  const { kinds } = await calibrate(lab, oracle, gate, candidates);
  expect(kinds.filter(({ profile }) => profile !== undefined)).toEqual([]);
  expect(clock.monotonic()).toBeLessThan(100);
});
