import { describe, expect, it } from 'vitest';
import type { FieldName, Truth } from '../../src/mock-api/truth.js';
import { CATALOGUE } from '../../src/webhook/catalogue.js';
import { batchOf, planOf } from '../delivery/plans.js';
import { naiveTruth, truthOf } from './truths.js';

const KINDS = CATALOGUE.kinds.map(({ kind }) => kind);
const everything = planOf({
  seed: 'truth',
  batches: [
    ...KINDS.map((kind) => batchOf(kind, { count: 4 })),
    batchOf('payment', { count: 3 }),
    batchOf('checkout', { count: 0 }),
  ],
});
const text = (body: Uint8Array | undefined) => body && Buffer.from(body).toString();
const find = (truth: Truth, field: FieldName, value: string, kinds = KINDS) =>
  text(truth.find(kinds, field, value));

describe('the truth about a plan', () => {
  it.each([0, 59_999, 60_000, 120_000, 200_000, Number.POSITIVE_INFINITY])(
    'at %d ms is the last event of every resource that is due by then',
    async (nowMs) => {
      const { truth, moveTo } = await truthOf(everything);
      const expected = await naiveTruth(everything, nowMs);
      moveTo(nowMs);
      expect(expected.size).toBe(39);
      for (const [id, body] of expected) expect(find(truth, 'id', id)).toBe(body);
    },
  );

  it('knows nothing of what has not happened yet', async () => {
    const { truth, moveTo } = await truthOf(everything);
    const [id = ''] = (await naiveTruth(everything, 0)).keys();
    moveTo(-1);
    expect(find(truth, 'id', id)).toBeUndefined();
    expect(truth.page(KINDS, { from: 0, size: 10 })).toEqual({ bodies: [], total: 0 });
    expect(truth.states()).toEqual([]);
  });

  it("finds resources by order and by the merchant's reference", async () => {
    const { truth } = await truthOf(everything);
    let references = 0;
    for (const body of (await naiveTruth(everything, Number.POSITIVE_INFINITY)).values()) {
      const fields: Readonly<Record<string, unknown>> = JSON.parse(body);
      for (const field of ['orderId', 'clientOrderId', 'referenceId', 'wallet'] as const) {
        const value = fields[field];
        if (typeof value !== 'string') continue;
        references += 1;
        expect(truth.findAll(KINDS, field, value).map(text)).toEqual([body]);
      }
    }
    expect(references).toBeGreaterThan(50);
  });

  it.each([
    ['an id that is not of this plan', 'PMT-00000000-0000-4000-8000-000000000000'],
    ['no id', 'x'],
    ['an empty text', ''],
    ['what only starts like an id', 'PMT-'],
  ])('does not find %s', async (_what, id) => {
    const { truth } = await truthOf(everything);
    expect(find(truth, 'id', id)).toBeUndefined();
  });

  it('does not take a changed id for the one it is like', async () => {
    const { truth } = await truthOf(everything);
    const [id = ''] = (await naiveTruth(everything, 0)).keys();
    const changed = id.slice(0, -1) + (id.endsWith('0') ? '1' : '0');
    expect(find(truth, 'id', changed)).toBeUndefined();
  });

  it('finds resources of the kinds that are asked for only', async () => {
    const { truth } = await truthOf(everything);
    const [id = ''] = (await naiveTruth(everything, 0)).keys();
    expect(id).toMatch(/^PMT-/);
    expect(find(truth, 'id', id, ['payment'])).toBeDefined();
    expect(find(truth, 'id', id, ['checkout', 'request'])).toBeUndefined();
  });

  it('lists in plan order, page by page, each resource once', async () => {
    const { truth } = await truthOf(everything);
    const expected = [...(await naiveTruth(everything, Number.POSITIVE_INFINITY)).values()];
    const pages = [0, 7, 14, 21, 28, 35].flatMap(
      (from) => truth.page(KINDS, { from, size: 7 }).bodies,
    );
    expect(pages.map(text)).toEqual(expected);
    expect(truth.page(KINDS, { from: 35, size: 7 }).bodies).toHaveLength(4);
    expect(truth.page(KINDS, { from: 99, size: 7 })).toEqual({ bodies: [], total: 39 });
    expect(truth.page(['payment'], { from: 0, size: 7 }).total).toBe(7);
  });

  it('finds what the user set, where ids tell nothing', async () => {
    const set = ['id=PMT-mine', 'clientOrderId=one for all'];
    const plan = planOf({ batches: [{ ...batchOf('payment', { count: 3 }), set }] });
    const { truth } = await truthOf(plan);
    expect(find(truth, 'id', 'PMT-mine')).toContain('"id":"PMT-mine"');
    expect(truth.findAll(KINDS, 'clientOrderId', 'one for all')).toHaveLength(3);
  });

  it('goes by the time of events, not by their place in the plan', async () => {
    const events = [
      { status: 'success', dueMs: 120_000 },
      { status: 'new', dueMs: 0 },
      { status: 'pending', dueMs: 60_000 },
    ];
    const plan = planOf({ batches: [{ ...batchOf('payment'), events }] });
    const { truth, moveTo } = await truthOf(plan);
    const statuses = [0, 60_000, 120_000].map((nowMs) => {
      moveTo(nowMs);
      return truth.states().map(({ status }) => status);
    });
    expect(statuses).toEqual([['new'], ['pending'], ['success']]);
  });

  it('finds one of a million resources at once, without a table of them', async () => {
    const plan = planOf({
      batches: [batchOf('payment', { count: 10 }), batchOf('checkout', { count: 1_000_000 })],
    });
    const { truth } = await truthOf(plan);
    const { bodies, total } = truth.page(['checkout'], { from: 999_999, size: 5 });
    expect([bodies.length, total]).toEqual([1, 1_000_000]);
    const { id } = JSON.parse(text(bodies[0]) ?? '');
    expect(find(truth, 'id', id)).toBe(text(bodies[0]));
  });
});
