import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/webhook/catalogue.js';
import type { Aid } from '../proving-ground/aids.js';
import { CHOICES } from '../proving-ground/choices.js';
import { judge } from '../proving-ground/judge.js';
import { CORRECT, type Model } from '../proving-ground/model.js';
import type { View } from '../proving-ground/views.js';
import type { Resource } from '../receivers/shop/store.js';

const KINDS = CATALOGUE.kinds.map(({ kind }) => kind);
const asking = CHOICES.flatMap(({ right }) => right).find(
  ({ name }) => name === 'is asked about what is open',
);

/** What a kind has not is skipped: it is no reason to withhold a verdict. */
it.each(KINDS)(
  'a correct receiver that asks the API is told to be right about a %s alone',
  async (kind) => {
    const aids = new Set<Aid>(['api']);
    const { results, summary } = await judge(asking?.change(CORRECT) ?? CORRECT, '1', {
      kinds: [kind],
      aids,
    });
    const untold = results.filter(({ verdict }) => verdict.status === 'inconclusive');
    expect(untold.map(({ rule }) => rule.id)).toEqual([]);
    expect(summary.readiness).toMatchObject({ verdict: 'ready', kinds: [kind] });
  },
);

describe('access that a cancelled subscription keeps until it has paid', () => {
  const check = (change: Partial<Model>) =>
    judge({ ...CORRECT, ...change }, '1', { kinds: ['subscription'] });

  it('is told to be right', async () => {
    const view: View = (store, { id }) => {
      const resource = store.resources.get(id);
      if (resource === undefined) return { status: 404, text: 'Not found' };
      return { status: 200, text: JSON.stringify({ hasAccess: resource.seen.has('ACTIVE') }) };
    };
    const { summary } = await check({ view });
    expect(summary.untold).toBe(0);
    expect(summary.readiness).toMatchObject({ verdict: 'ready', kinds: ['subscription'] });
  });

  it.each([
    ['is taken back at its end', ({ event }: Resource) => event.status === 'ACTIVE'],
    ['and stays', ({ seen }: Resource) => seen.has('ACTIVE')],
  ])('is told to be right where it %s, and nothing else is shown', async (_, hasAccess) => {
    const view: View = (store, { id }) => {
      const resource = store.resources.get(id);
      if (resource === undefined) return { status: 404, text: 'Not found' };
      return { status: 200, text: JSON.stringify({ access: hasAccess(resource) }) };
    };
    const { summary } = await check({ view });
    expect(summary.untold).toBe(0);
    expect(summary.readiness).toMatchObject({ verdict: 'ready', kinds: ['subscription'] });
  });

  it('is found to be given before it is paid', async () => {
    const view: View = (store, { id }) => {
      const resource = store.resources.get(id);
      if (resource === undefined) return { status: 404, text: 'Not found' };
      const { status } = resource.event;
      return { status: 200, text: JSON.stringify({ status, access: status !== 'CANCELLED' }) };
    };
    const { results } = await check({ view });
    const failed = results.filter(({ verdict }) => verdict.status === 'fail');
    expect(failed.map(({ rule, verdict }) => [rule.id, verdict.evidence])).toEqual([
      [
        'payload/credit-before-success',
        'A subscription counts before it is paid: access says true after initiated.',
      ],
    ]);
  });

  it('is found to be given twice', async () => {
    const days = new Map<string, number>();
    const { results } = await check({
      view: (store, { id }) =>
        store.resources.has(id)
          ? { status: 200, text: JSON.stringify({ days: days.get(id) ?? 0 }) }
          : { status: 404, text: 'Not found' },
      concerns: ({ id, status }) => {
        if (status === 'ACTIVE') days.set(id, (days.get(id) ?? 0) + 30);
        return true;
      },
    });
    const failed = results.filter(({ verdict }) => verdict.status === 'fail');
    expect(failed.map(({ rule }) => rule.id)).toContain('idempotency/duplicate-in-sequence');
  });
});
