import { describe, expect, test } from 'vitest';
import {
  areCutShort,
  livesOf,
  withoutJournals,
  withProfile,
} from '../../../src/conformance/calibration/profile-kind.js';
import { createRestlessness } from '../../../src/conformance/calibration/restlessness.js';
import { calibrated, openLab } from '../open-lab.js';
import { kindNamed, leavesOf } from '../plain.js';
import { careful, openShop, type ShopEvent } from '../shop.js';

type Numbers = Readonly<Record<string, number>>;

/** What is learned of a receiver that shows numbers: of all that came of an order, and of everything. */
async function learnedOf(
  ofOrder: (events: readonly ShopEvent[]) => unknown,
  ofAll: (events: readonly ShopEvent[]) => Numbers = () => ({}),
) {
  const came: ShopEvent[] = [];
  const { oracle, calibration } = await calibrated(
    openShop({
      before: ({ event, isGenuine }) => {
        if (event !== undefined && isGenuine) came.push(event);
        return undefined;
      },
      view: (order) => ({
        status: order.status,
        own: ofOrder(came.filter(({ id }) => id === order.id)),
        shop: ofAll(came),
      }),
    }),
  );
  const [kind] = calibration.kinds;
  return {
    journals: [...oracle.journals],
    balances: [...oracle.cumulative],
    masked: [...oracle.masked],
    deciding: kind?.profile?.deciding ?? [],
    hasWitness: calibration.witness !== undefined,
  };
}

const isSuccess = ({ status }: ShopEvent) => status === 'SUCCESS';
const sum = (events: readonly ShopEvent[]) =>
  events.reduce((total, { amount }) => total + amount, 0);

describe('a journal', () => {
  test.each<[string, (events: readonly ShopEvent[]) => unknown, readonly string[]]>([
    ['is a count of deliveries', (events) => events.length, ['own']],
    ['is a list of them', (events) => events.map(({ status }) => status), ['own[] count']],
    ['is no list of statuses', (events) => [...new Set(events.map(({ status }) => status))], []],
    ['is no count of statuses', (events) => new Set(events.map(({ status }) => status)).size, []],
    ['is no count that begins with one', (events) => events.length + 1, []],
  ])('%s', async (_what, ofOrder, journals) => {
    const learned = await learnedOf(ofOrder);
    expect(learned.journals).toEqual(journals);
    expect(learned.deciding).toContain('status');
  });
});

describe('a number of all orders', () => {
  test.each<[string, (events: readonly ShopEvent[]) => Numbers, boolean]>([
    ['that grows by each success is a balance', (all) => ({ n: sum(all.filter(isSuccess)) }), true],
    ['that falls by them is one', (all) => ({ n: 1e6 - sum(all.filter(isSuccess)) }), true],
    [
      'that is off in its last digit is one',
      (all) => ({ n: 0.1 + sum(all.filter(isSuccess)) }),
      true,
    ],
    ['that counts whatever comes is none', (all) => ({ n: all.length }), false],
    [
      'that grows faster and faster is none',
      (all) => ({ n: all.filter(isSuccess).length ** 2 }),
      false,
    ],
  ])('%s', async (_what, ofAll, isBalance) => {
    const learned = await learnedOf(() => 0, ofAll);
    expect(learned.balances).toEqual(isBalance ? ['shop.n'] : []);
    expect(learned.masked).toEqual(isBalance ? [] : ['shop.n']);
    expect(learned.hasWitness).toBe(isBalance);
  });

  test('that changes by itself is none', async () => {
    let looks = 0;
    const learned = await learnedOf(() => {
      looks += 1;
      return looks;
    });
    expect(learned).toMatchObject({ balances: [], masked: ['own'], journals: [] });
  });
});

test('what never comes to rest is masked, and a life of as many events is not', async () => {
  const { oracle } = await openLab(openShop());
  const hear = createRestlessness(oracle);
  const states = Array.from({ length: 8 }, (_, at) =>
    leavesOf({ tick: String(at), step: String(Math.min(at, 5)), turns: String(at % 2) }),
  );
  for (const [at, after] of states.slice(1).entries()) hear([states[at] ?? leavesOf({})], [after]);
  expect([...oracle.masked]).toEqual(['tick']);
  const adverts = createRestlessness(oracle);
  const pages = Array.from({ length: 10 }, (_, at) =>
    leavesOf({ status: 'NEW', ...(at % 2 === 0 ? { 'Buy hats': 'Buy hats' } : {}) }),
  );
  for (const [at, after] of pages.slice(1).entries()) adverts([pages[at] ?? leavesOf({})], [after]);
  expect([...oracle.masked]).toEqual(['tick', 'Buy hats']);
  const loads = createRestlessness(oracle);
  const flips = Array.from({ length: 14 }, (_, at) =>
    leavesOf({ depth: String(at % 3), status: at % 3 === 0 ? 'NEW' : 'PAID' }),
  );
  for (const [at, after] of flips.slice(1).entries()) loads([flips[at] ?? leavesOf({})], [after]);
  expect([...oracle.masked]).toEqual(['tick', 'Buy hats', 'depth']);
  oracle.unmask('depth');
  oracle.unmask('Buy hats');
  const other = createRestlessness(oracle);
  other([leavesOf({})], [leavesOf({ step: '6' })]);
  expect([...oracle.masked]).toEqual(['tick']);
});

describe('four lives of a kind', () => {
  test('tell before, between, and two ends', async () => {
    const { lab, oracle, gate } = await openLab(openShop());
    const lives = await livesOf(lab, oracle, gate, kindNamed('checkout'));
    const counts = Object.entries(lives).map(([part, { exchanges }]) => [part, exchanges.length]);
    expect(Object.fromEntries(counts)).toEqual({ before: 0, between: 3, main: 4, contrast: 3 });
    expect(areCutShort(lives)).toBe(false);
    const { main } = lives;
    const shorter = { ...main, exchanges: main.exchanges.slice(1) };
    expect(areCutShort({ ...lives, main: shorter })).toBe(true);
  });

  test.each([
    [(): undefined => undefined, false],
    [
      ({ event }: { event: ShopEvent | undefined }) =>
        event?.status === 'SUCCESS' ? { status: 500 } : undefined,
      true,
    ],
  ])('are cut short by what is not answered', async (before, isIt) => {
    const { lab, oracle, gate } = await openLab(openShop({ before, handle: careful }));
    expect(areCutShort(await livesOf(lab, oracle, gate, kindNamed('checkout')))).toBe(isIt);
  });

  const state = (status: string, count: string) =>
    leavesOf({ status, 'log[] count': count, 'log[].of': 'x' });
  const before = leavesOf({});

  test('tell nothing where both ends are the same, but for a journal', () => {
    const [between, main, contrast] = [state('a', '3'), state('b', '4'), state('b', '3')];
    const kind = withProfile(kindNamed('checkout'), { before, between, main, contrast });
    expect(kind.profile).toBeDefined();
    const rest = withoutJournals(kind, new Set(['log[] count']));
    expect(rest).toMatchObject({
      profile: undefined,
      moves: true,
      blind: { code: 'same-ends', main: 'success', contrast: 'expired' },
    });
  });

  test('tell the rest without a journal', () => {
    const [between, main, contrast] = [state('a', '3'), state('b', '4'), state('c', '3')];
    const kind = withProfile(kindNamed('checkout'), { before, between, main, contrast });
    const { profile } = withoutJournals(kind, new Set(['log[] count']));
    expect([...(profile?.main.keys() ?? [])]).toEqual(['status']);
    expect(profile?.deciding).toEqual(['status']);
  });
});

describe('what only tells of the last web hook', () => {
  const showingLast = (isShownElsewhere: boolean) => {
    const last = new Map<string, string>();
    return openShop({
      handle: (order, event) => {
        last.set(event.id, event.status);
        return careful(order, event) ?? order;
      },
      view: ({ id, status }) => ({
        lastWebhook: { status: last.get(id) },
        ...(isShownElsewhere ? { status } : {}),
      }),
    });
  };

  test('is left out where something else tells how a life ended', async () => {
    const { oracle } = await calibrated(showingLast(true));
    expect([...oracle.echoes]).toEqual(['lastWebhook.status']);
  });

  test('is left out where a list tells it', async () => {
    const last = new Map<string, string>();
    const shop = openShop({
      handle: (order, event) => {
        last.set(event.id, event.status);
        return careful(order, event) ?? order;
      },
      view: ({ id, credited }) => ({
        lastWebhook: last.get(id),
        payments:
          credited === 0
            ? []
            : [
                { id, credited },
                { id: 'fee', credited: -1 },
              ],
      }),
    });
    const { oracle } = await calibrated(shop);
    expect([...oracle.echoes]).toEqual(['lastWebhook']);
  });

  test('is all there is where nothing else does', async () => {
    const { oracle } = await calibrated(showingLast(false));
    expect([...oracle.echoes]).toEqual([]);
  });
});
