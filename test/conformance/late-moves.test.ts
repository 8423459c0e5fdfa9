import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/conformance/rules/registry.js';
import { judge } from '../proving-ground/judge.js';
import { modelWith } from '../proving-ground/model-with.js';
import type { ShopOptions } from './shop.js';
import { reportOn } from './told.js';

/** A check that waits five seconds before it sends the oldest again. */
async function longReportOn(options: ShopOptions) {
  const report = await reportOn(options, CREDITS, { lingerMs: 5_000 });
  const byId = new Map(report.results.map((result) => [result.id, result]));
  return { report, byId };
}

const DUPLICATE = 'idempotency/duplicate-in-sequence';
const AMOUNTS = 'payload/everyday-amounts';
const CREDITS = [DUPLICATE, AMOUNTS, 'idempotency/duplicate-long-after', 'payload/success-shows'];

/** Says at once that an order is paid, and credits it only so much later. */
function creditingLater(ms: number, isOnce: boolean): ShopOptions {
  const credits = new Map<string, number>();
  const booked = new Set<string>();
  return {
    work: async (apply, orders, clock, { id, status, amount }) => {
      apply(orders);
      if (status !== 'SUCCESS' || (isOnce && booked.has(id))) return;
      booked.add(id);
      void clock.sleep(ms).then(() => credits.set(id, (credits.get(id) ?? 0) + amount));
    },
    view: ({ id, status }) => ({ status, credited: credits.get(id) ?? 0 }),
  };
}

describe('a credit that comes some seconds after the status', () => {
  it.each([2_000])('is seen to be given twice after %i ms', async (ms) => {
    const { report, byId } = await longReportOn(creditingLater(ms, false));
    const duplicate = byId.get(DUPLICATE);
    expect(duplicate).toMatchObject({ status: 'fail', severity: 'must' });
    expect(duplicate?.story?.state.join('\n')).toMatch(
      /^credited +expected "?149\.9"?, is 299\.8$/m,
    );
    expect(report.summary.readiness.verdict).toBe('not-ready');
  });

  it.each([300, 7_000])('is right where it is given once, after %i ms', async (ms) => {
    const { byId } = await longReportOn(creditingLater(ms, true));
    expect([DUPLICATE, AMOUNTS].map((id) => byId.get(id)?.status)).toEqual(['pass', 'pass']);
  });
});

it('an order that is put away some seconds after its end is no credit that comes late', async () => {
  const put = new Set<string>();
  const { report } = await longReportOn({
    work: async (apply, orders, clock, { id, status }) => {
      apply(orders);
      if (status === 'SUCCESS') void clock.sleep(4_000).then(() => put.add(id));
    },
    view: (order) => (put.has(order.id) ? undefined : order),
  });
  const accused = report.results.filter(
    ({ id, status }) => status === 'fail' && id.startsWith('payload/success'),
  );
  expect(accused).toEqual([]);
});

it('a receiver that does all at once is judged once', async () => {
  let forged = 0;
  const { report } = await longReportOn({
    before: ({ isGenuine }) => {
      if (!isGenuine) forged += 1;
      return undefined;
    },
  });
  expect(report.summary.failed.must).toBe(0);
  expect(report.summary.requests).toBeGreaterThan(forged);
});

/** The check waits five seconds once: twice, were it to begin anew. */
it.each([
  ['a balance of all orders moves with them', 'balance: of all orders'],
  ['ids and times of a request are new each time', 'noise: ids and times'],
])('%s, and nothing begins anew', async (_, way) => {
  const rules = RULES.filter(({ id }) => CREDITS.includes(id));
  const { virtualMs } = await judge(modelWith(way), '1', { rules });
  expect(virtualMs / 1_000).toBeLessThan(8);
});
