import { createHash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { chanceFrom } from '../../src/conformance/search/chance.js';
import type { CheckReport } from '../../src/library/check-receiver.js';
import type { SimulatedClock } from '../simulated-clock.js';
import { careful, type Moment, type Order, type Orders } from './shop.js';
import { reportOn } from './told.js';

/** A check waits for receivers to settle, and machines can be busy. */
vi.setConfig({ testTimeout: 90_000 });

function failures({ results }: CheckReport) {
  return results.filter(({ status }) => status === 'fail').map(({ id }) => id);
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex').slice(0, 12);

describe('a correct receiver with an odd state is not accused', () => {
  test.each<[string, (order: Order) => unknown]>([
    [
      'fields that differ at every look',
      (order) => ({ ...order, requestId: crypto.randomUUID(), uptime: performance.now() }),
    ],
    ['plain text', ({ status, credited }) => `status: ${status}\ncredited: ${credited}\n`],
    [
      'a row as a database prints it, with the time of now in it',
      ({ status, credited }) => `${status}|${credited}|${new Date().toISOString()}`,
    ],
    [
      'members under hashes of ids',
      ({ id, status, credited }) => ({ [md5(id)]: { status, credited } }),
    ],
    [
      'members under numbers of its own',
      ({ id, status, credited }) => ({
        payments: { [Number.parseInt(id.slice(4, 12), 16)]: { status, credited } },
      }),
    ],
  ])('%s', async (_what, view) => {
    const report = await reportOn({ view }, ['idempotency', 'ordering']);
    expect(failures(report)).toEqual([]);
    expect(report.exitCode).toBe(0);
  });

  test('a count of all web hooks that came, duplicates and all', async () => {
    const came = new Map<string, number>();
    const report = await reportOn(
      {
        before: ({ event, isGenuine }) => {
          if (event !== undefined && isGenuine) came.set(event.id, (came.get(event.id) ?? 0) + 1);
          return undefined;
        },
        view: (order) => ({ ...order, deliveries: came.get(order.id) }),
      },
      ['idempotency', 'ordering', 'retries'],
    );
    expect(failures(report)).toEqual([]);
    expect(report.exitCode).toBe(0);
  });
});

test('a correct receiver that works in batches is not accused', async () => {
  const waiting: (() => void)[] = [];
  const doBatch = async (clock: SimulatedClock) => {
    await clock.sleep(250 - (clock.monotonic() % 250));
    for (const work of waiting.splice(0)) work();
  };
  const report = await reportOn(
    {
      work: (apply, orders, clock) => {
        if (waiting.length === 0) void doBatch(clock);
        waiting.push(() => apply(orders));
      },
    },
    [
      'idempotency/duplicate-in-sequence',
      'ordering/late-intermediate',
      'payload/unknown-status',
      'payload/full-lifecycles',
    ],
  );
  expect(failures(report)).toEqual([]);
  expect(report.exitCode).toBe(0);
});

/** While references for random plans are taken. */
test.each([90, 105])(
  'a correct receiver that stands still at work %i is not accused',
  async (at) => {
    let came = 0;
    let still: Promise<void> | undefined;
    const report = await reportOn(
      {
        work: (apply, orders, clock) => {
          came += 1;
          if (came === at) still = clock.sleep(700);
          void Promise.resolve(still).then(() => apply(orders));
        },
      },
      ['ordering/late-intermediate', 'search/random-deliveries'],
    );
    expect(failures(report)).toEqual([]);
    expect(report.exitCode).toBe(0);
  },
);

test('work that takes long, and shows as under way, is waited for', async () => {
  const underWay = new Map<string, number>();
  const count = (id: string, more: number) => underWay.set(id, (underWay.get(id) ?? 0) + more);
  const report = await reportOn(
    {
      before: ({ event, isGenuine }) => {
        if (event !== undefined && isGenuine) count(event.id, 1);
        return undefined;
      },
      delayMs: 1_500,
      handle: (order, event) => {
        count(event.id, -1);
        return careful(order, event);
      },
      instead: (id) => ((underWay.get(id) ?? 0) > 0 ? { status: 'processing' } : undefined),
    },
    ['idempotency/duplicate-in-sequence', 'payload/success-shows'],
  );
  expect(report.results.map(({ status }) => status)).toEqual(['pass', 'pass']);
  expect(report.exitCode).toBe(0);
});

test.each([
  { kinds: [], expected: ['acknowledgement/exactly-200'] },
  { kinds: ['checkout'], expected: [] },
])('a receiver of checkouts that breaks on other kinds, under test: $kinds', async (test) => {
  const { kinds, expected } = test;
  const report = await reportOn(
    {
      before: ({ event }) => (event === undefined ? { status: 500 } : undefined),
    },
    ['signature/valid-accepted', 'acknowledgement/exactly-200', 'payload/full-lifecycles'],
    { kinds },
  );
  expect(failures(report)).toEqual(expected);
});

describe('a receiver that limits how many web hooks it takes', () => {
  const tooMany = (most: number) => {
    const times: number[] = [];
    return ({ nowMs }: Moment) => {
      while ((times[0] ?? nowMs) < nowMs - 1_000) times.shift();
      if (times.length >= most) return { status: 429 };
      times.push(nowMs);
      return undefined;
    };
  };

  test('is given the time it wants', async () => {
    const report = await reportOn({ before: tooMany(40) }, [
      'idempotency/duplicate-in-sequence',
      'ordering/late-intermediate',
    ]);
    expect(failures(report)).toEqual([]);
    expect(report.exitCode).toBe(0);
  });

  test('cannot be told when it takes next to none', async () => {
    const report = await reportOn({ before: tooMany(0) }, ['ordering/late-intermediate']);
    expect(failures(report)).toEqual([]);
    expect(report.exitCode).toBe(3);
  });
});

describe('a receiver that falls', () => {
  test('is named, with the web hook that did it, and nothing else is held against it', async () => {
    const report = await reportOn(
      {
        before: ({ event, isGenuine, crash }) => {
          if (event?.status === 'EXPIRED' && isGenuine) crash();
          return undefined;
        },
      },
      ['payload/full-lifecycles', 'ordering', 'acknowledgement/stays-up'],
    );
    expect(failures(report)).toEqual(['acknowledgement/stays-up']);
    const [fallen] = report.results.filter(({ id }) => id === 'acknowledgement/stays-up');
    expect(fallen?.evidence).toContain('could not be reached any more');
    expect(report.exitCode).toBe(1);
  });

  test('for ever silent, is told within a minute', { timeout: 60_000 }, async () => {
    const report = await reportOn(
      { before: ({ isGenuine }) => (isGenuine ? 'silence' : undefined) },
      ['acknowledgement', 'idempotency', 'ordering', 'search'],
      { timeoutMs: 1_000, kinds: [] },
    );
    expect(failures(report)).toContain('acknowledgement/within-limit');
    expect(report.exitCode).toBe(1);
  });
});

test('a balance that loses updates is caught when resources come together', async () => {
  let balance = 0;
  const creditedIn = (orders: Orders) =>
    [...orders.values()].reduce((sum, { credited }) => sum + credited, 0);
  const report = await reportOn(
    {
      work: async (apply, orders, clock) => {
        const before = creditedIn(orders);
        apply(orders);
        const credited = creditedIn(orders) - before;
        if (credited === 0) return;
        const read = balance;
        await clock.sleep(20);
        balance = read + credited;
      },
      view: (order) => ({ ...order, shop: { balance } }),
    },
    ['ordering/several-at-once'],
  );
  expect(failures(report)).toEqual(['ordering/several-at-once']);
  expect(report.results[0]?.story?.state.join()).toContain('shop.balance');
});

test('orders that are written back all at once are told apart from a state that varies', async () => {
  const report = await reportOn(
    {
      work: async (apply, orders, clock) => {
        const copy = new Map(orders);
        apply(copy);
        await clock.sleep(5);
        orders.clear();
        for (const [id, order] of copy) orders.set(id, order);
      },
    },
    ['idempotency/duplicate-in-sequence', 'ordering/final-only', 'ordering/several-at-once'],
  );
  expect(failures(report)).toEqual(['ordering/several-at-once']);
  expect(report.exitCode).toBe(1);
});

/** Of the receivers that are drawn so, these are seen by calibration. */
test.each([10, 19, 66, 68, 70])(
  'orders that were seen to be written back all at once are not missed afterwards (%i)',
  async (seed) => {
    const draw = chanceFrom(String(seed));
    const workers = Array.from({ length: 4 }, () => Promise.resolve());
    const seen: boolean[] = [];
    const report = await reportOn(
      {
        // Each worker does one after the other, and the first of them takes most.
        work: (apply, orders, clock) => {
          const worker = draw() < 0.9 ? 0 : Math.floor(draw() * workers.length);
          const done = (workers[worker] ?? Promise.resolve()).then(async () => {
            const copy = new Map(orders);
            apply(copy);
            await clock.sleep(5);
            orders.clear();
            for (const [id, order] of copy) orders.set(id, order);
          });
          workers[worker] = done;
          return done;
        },
      },
      ['ordering/several-at-once'],
      {
        onRecord: (record) => {
          if (record.kind === 'calibrated') seen.push(record.isMixedUp);
        },
      },
    );
    expect(seen).toEqual([true]);
    expect(failures(report)).toEqual(['ordering/several-at-once']);
  },
);

test('work that ends for good with an unknown status is seen, though every answer is 200', async () => {
  let isDead = false;
  const report = await reportOn(
    {
      handle: (order, event) => {
        isDead ||= event.status === 'INQUD_HOOK_UNKNOWN';
        return isDead ? order : careful(order, event);
      },
    },
    ['ordering/final-only', 'payload/unknown-status'],
  );
  expect(failures(report)).toEqual(['payload/unknown-status']);
  expect(report.results.at(-1)?.evidence).toContain('what comes later is lost');
});

describe('a receiver that took web hooks is not said to take none', () => {
  test.each([2, 5, 12, 40])('and then hangs, after %i of them', async (most) => {
    let came = 0;
    const before = ({ isGenuine }: Moment) => {
      came += isGenuine ? 1 : 0;
      return came > most ? 'silence' : undefined;
    };
    const report = await reportOn({ before, instead: () => ({}) }, [
      'signature',
      'acknowledgement',
    ]);
    expect(failures(report)).not.toContain('signature/valid-accepted');
    expect(failures(report)[0]).toMatch(/^acknowledgement\/(stays-up|within-limit)$/);
    const [accepted] = report.results.filter(({ id }) => id === 'signature/valid-accepted');
    expect(accepted?.status).toBe('pass');
  });
});
