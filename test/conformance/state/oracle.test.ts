import { describe, expect, test } from 'vitest';
import type { Leaves } from '../../../src/conformance/state/leaves.js';
import {
  areEqual,
  isInJournal,
  Oracle,
  parseNumber,
} from '../../../src/conformance/state/oracle.js';
import { shortText } from '../../../src/json/exact-number.js';
import type { ProbeReading } from '../../../src/ports.js';
import { checkoutAfter, type LabSettings, openLab, showing } from '../open-lab.js';
import { leavesOf } from '../plain.js';

/** The oracle before a receiver of which one checkout is known, and a look at that. */
async function looking(state: (path: string) => unknown, settings?: LabSettings) {
  const open = await openLab(
    showing(({ path }) => state(path)),
    settings,
  );
  const execution = await checkoutAfter(open, 'new');
  const look = async (): Promise<Leaves> => (await open.oracle.look(execution))[0] ?? new Map();
  return { ...open, execution, look };
}

describe('what is masked', () => {
  test('may say anything, but still tells nothing from something', async () => {
    let said: unknown = 'a';
    const { oracle, look } = await looking(() => ({ status: 'paid', trace: said }));
    oracle.mask('trace');
    const looks = [];
    for (said of ['a', 'b', 7, null]) looks.push(await look());
    const [one, ...others] = looks;
    expect(others.map((other) => areEqual([one ?? new Map()], [other]))).toEqual([
      true,
      true,
      false,
    ]);
    expect(one?.get('status')).toEqual(['"paid"']);
  });

  test('veils an earlier look as it veils a new one, until it is unmasked', async () => {
    const { oracle, look } = await looking(() => ({ list: [1, 2], status: 'paid' }));
    const before = await look();
    oracle.mask('list[]');
    expect(oracle.veil(before)).toEqual(await look());
    expect(oracle.veil(before)).not.toEqual(before);
    oracle.unmask('list[]');
    expect(oracle.veil(before)).toEqual(before);
  });
});

test.each<[string, LabSettings, readonly string[]]>([
  ['everything', {}, ['status', 'audit.by', 'items[] count', 'items[].price']],
  ['all but what is ignored', { ignore: ['audit', 'items'] }, ['status']],
  ['only what is wanted', { only: ['items.price'] }, ['items[].price']],
  ['what is wanted, but not what is ignored', { only: ['items'], ignore: ['items.price'] }, []],
])('a state is %s', async (_what, settings, paths) => {
  const state = { status: 'paid', audit: { by: 'Ada' }, items: [{ price: 1 }] };
  const { look } = await looking(() => state, settings);
  const kept = [...(await look()).keys()].filter((path) => !path.endsWith(' count'));
  expect(kept).toEqual(paths.filter((path) => !path.endsWith(' count')));
});

test('numbers that all share are no part of a state, but balances, whatever they are written as', async () => {
  const { oracle, look, execution } = await looking(() => ({
    status: 'paid',
    shop: { balance: '149.90 USD', total: 7, owner: 'Ada' },
  }));
  for (const path of ['shop.balance', 'shop.total', 'shop.owner', 'gone']) oracle.accumulate(path);
  expect([...(await look()).keys()]).toEqual(['status']);
  const balances = await oracle.balances(execution);
  expect([...balances].map(([path, value]) => [path, shortText(value)])).toEqual([
    ['shop.balance', '149.9'],
    ['shop.total', '7'],
  ]);
  expect([...((await oracle.lookAtAll(execution))[0] ?? new Map()).keys()]).toHaveLength(4);
});

test('a journal takes its list along, and nothing that is called nearly so', async () => {
  const { oracle, look } = await looking(() => ({ log: [{ at: 1 }], logins: [2], seen: 3 }));
  oracle.leaveOut('log[] count');
  oracle.leaveOut('seen');
  expect([...(await look()).keys()]).toEqual(['logins[] count', 'logins[]']);
  expect(isInJournal('seen.at', new Set(['seen']))).toBe(false);
});

describe('settling', () => {
  test.each([
    [0, 100, 50, 2_000],
    [30, 100, 50, 2_000],
    [90, 180, 90, 2_000],
    [600, 1_200, 600, 3_000],
  ])('that took %i ms is waited for', async (ms, quietMs, stillMs, judgedAfterMs) => {
    const { oracle } = await looking(() => ({}));
    oracle.learnSettling([{ ms, paths: ['status'] }]);
    oracle.learnSettling([{ ms: ms / 2, paths: ['status'] }]);
    expect(oracle).toMatchObject({ settleMs: ms, quietMs, stillMs, judgedAfterMs });
  });

  test('is that of what a state still consists of', async () => {
    const { oracle } = await looking(() => ({}), { ignore: ['audit'] });
    const settleMs = [];
    oracle.learnSettling([
      { ms: 900, paths: ['audit.at'] },
      { ms: 500, paths: ['trace', 'balance'] },
      { ms: 300, paths: ['log[].at'] },
      { ms: 20, paths: ['trace', 'status'] },
    ]);
    settleMs.push(oracle.settleMs);
    oracle.mask('trace');
    settleMs.push(oracle.settleMs);
    oracle.accumulate('balance');
    settleMs.push(oracle.settleMs);
    oracle.leaveOut('log[] count');
    settleMs.push(oracle.settleMs);
    oracle.relearnSettling([{ ms: 7, paths: ['status'] }]);
    settleMs.push(oracle.settleMs);
    expect(settleMs).toEqual([500, 500, 300, 20, 7]);
    oracle.forget();
    expect([
      oracle.settleMs,
      oracle.masked.size,
      oracle.cumulative.size,
      oracle.journals.size,
    ]).toEqual([0, 0, 0, 0]);
  });
});

describe('ids', () => {
  const idIn = (path: string) => path.split('/').at(-1) ?? '';

  test('make no difference between two resources, whole, in a text, as a name or without a prefix', async () => {
    const open = await openLab(
      showing(({ path }) => {
        const id = idIn(path);
        return {
          id,
          note: `paid ${id}`,
          [id]: 1,
          uuid: id.replace('CCO-', ''),
          upper: id.toUpperCase(),
        };
      }),
    );
    const looks = [];
    for (let time = 0; time < 2; time += 1) {
      looks.push(await open.oracle.look(await checkoutAfter(open, 'new')));
    }
    expect(looks[0]).toEqual(looks[1]);
    expect(Object.fromEntries(looks[0]?.[0] ?? [])).toEqual({
      id: ['"‹id 1›"'],
      note: ['"paid ‹id 1›"'],
      '‹id 1›': ['1'],
      uuid: ['"‹id 1›"'],
      upper: ['"‹id 1›"'],
    });
  });

  test('of another resource are told from its own, and those of strangers stay as they are', async () => {
    const stranger = 'CCO-00000000-0000-4000-8000-000000000000';
    const known = new Set<string>();
    const shop = showing(({ path }) => {
      known.add(idIn(path));
      return { all: [...known, stranger] };
    });
    const open = await openLab(shop);
    const execution = await open.lab.execute({
      resources: [0, 1].map((order) => ({ kind: 'checkout', end: 'success', order })),
      steps: [],
    });
    await open.oracle.look(execution);
    const states = await open.oracle.look(execution);
    expect(states.map((state) => state.get('all[]')?.toSorted())).toEqual([
      [`"${stranger}"`, '"‹Bid 1›"', '"‹id 1›"'].toSorted(),
      [`"${stranger}"`, '"‹Aid 1›"', '"‹id 1›"'].toSorted(),
    ]);
  });

  test('that were given to a resource have the names of those that they stand for', async () => {
    const shop = showing(({ path }) => ({ id: idIn(path) }));
    const look = async (settings: LabSettings) => {
      const open = await openLab(shop, settings);
      return open.oracle.look(await checkoutAfter(open, 'new'));
    };
    const given = await look({ prepare: () => Promise.resolve({ id: '17' }) });
    expect(given).toEqual(await look({}));
  });

  test('find a resource in a state that is about all of them', async () => {
    const orders = new Map<string, string>();
    const shop = showing(({ path }) => {
      orders.set(idIn(path), `order ${orders.size}`);
      return { orders: [...orders].map(([id, name]) => ({ id, name })) };
    });
    const open = await openLab(shop, { isShared: true });
    await open.oracle.look(await checkoutAfter(open, 'new'));
    const [second] = await open.oracle.look(await checkoutAfter(open, 'new'));
    expect(second?.get('orders[].name')).toEqual(['"order 1"']);
  });
});

test('a time of now is any time, and one of the bodies is itself', async () => {
  const { clock, look } = await looking(() => ({
    at: new Date(clock.now()).toISOString(),
    paidAt: '2029-12-28T10:00:00Z',
  }));
  const before = await look();
  await clock.sleep(5_000);
  expect(await look()).toEqual(before);
  expect(before.get('paidAt')).toEqual(['"2029-12-28T10:00:00Z"']);
});

test('what a command says by the way it ends is seen, though it writes nothing', async () => {
  const ends: readonly ProbeReading[] = [
    { text: '', ended: { exitCode: 1, isNothingYet: true } },
    { text: '', ended: { exitCode: 2, isNothingYet: false } },
    { text: '', ended: { exitCode: 3, isNothingYet: false } },
    { text: '' },
  ];
  const open = await openLab(showing(() => ({})));
  const execution = await checkoutAfter(open, 'new');
  let reading: ProbeReading | undefined;
  const read = () => Promise.resolve(reading ?? { text: '' });
  const { clock } = open;
  const oracle = new Oracle({ clock, isProbeShared: false, read }, { ignore: [], only: [] });
  const said = [];
  for (reading of ends) said.push((await oracle.look(execution))[0]?.get('(state)')?.[0]);
  expect(said).toEqual(['(nothing yet)', '(ended with 2)', '(ended with 3)', '""']);
});

test.each([
  ['149.90', '149.9'],
  ['"149.90"', '149.9'],
  ['"149.9 USD"', '149.9'],
  ['"€149.90"', '149.9'],
  ['"USDT 5"', '5'],
  ['"-5 EUR"', '-5'],
  ['"200,00"', '200'],
  ['"1.234,5 USD"', '1234.5'],
  ['"$1,234.50"', '1234.5'],
  ['"-0,25 EUR"', '-0.25'],
  ['"1,234"', undefined],
  ['"1,23,4"', undefined],
  ['"1.2.3"', undefined],
  ['"paid 5"', undefined],
  ['"A-17"', undefined],
  ['null', undefined],
  [undefined, undefined],
])('the number that %s says is %s', (leaf, number) => {
  const value = parseNumber(leaf);
  expect(value && shortText(value)).toBe(number);
});

test('states are equal one by one', () => {
  const [one, other] = [leavesOf({ status: '"paid"' }), leavesOf({ status: '"new"' })];
  expect(areEqual([one, other], [one, other])).toBe(true);
  expect(areEqual([one, other], [other, one])).toBe(false);
  expect(areEqual([one], [one, other])).toBe(false);
});
