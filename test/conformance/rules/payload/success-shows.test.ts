import { describe, expect, it } from 'vitest';
import { judge } from '../../../proving-ground/judge.js';
import { CORRECT, type Model } from '../../../proving-ground/model.js';
import { asText, flat, ownWords, type View } from '../../../proving-ground/views.js';
import { afresh } from '../../shop.js';
import { reportOn, toldOfShop } from '../../told.js';

const RULE = 'payload/success-shows';

const MISTAKES: Readonly<Record<string, Partial<Model>>> = {
  'a blank key': { keyOf: () => '' },
  'the id as key': { keyOf: ({ id }) => id },
  'the status as key': { keyOf: ({ status }) => status },
  'a wait for a word that never comes': { concerns: ({ status }) => status !== 'SUCCESS' },
  'work for failures alone': {
    concerns: ({ status }) => ['FAILED', 'EXPIRED', 'CANCELLED'].includes(status),
  },
};

/** It shows the price of an order once it is known, and nothing that comes of it. */
const priceAlone: View = (store, { id }) => {
  const resource = store.resources.get(id);
  return resource === undefined
    ? { status: 404, text: 'Not found' }
    : { status: 200, text: JSON.stringify({ currency: 'USD', customer: 'Ada' }) };
};

async function verdictsOf(change: Partial<Model>) {
  const { results, summary } = await judge({ ...CORRECT, ...change }, '1');
  const failed = results.filter(({ verdict }) => verdict.status === 'fail');
  return { failed: failed.map(({ rule }) => rule.id), results, summary };
}

describe('payload/success-shows', () => {
  it.each(Object.entries(MISTAKES))(
    'is all that is said of %s',
    async (_, mistake) => {
      const { failed, summary } = await verdictsOf(mistake);
      expect(failed).toEqual(['payload/success-shows']);
      expect(summary.readiness.verdict).toBe('not-ready');
      expect(summary.untold).toBe(0);
    },
    60_000,
  );

  it.each([
    ['flat', flat],
    ['own words', ownWords],
    ['text', asText],
  ])(
    'tells it in a state that is %s',
    async (_, view) => {
      const { failed } = await verdictsOf({ view, keyOf: () => '' });
      expect(failed).toEqual(['payload/success-shows']);
    },
    60_000,
  );

  it('asks about a state that tells of nothing', async () => {
    const { failed, summary } = await verdictsOf({ view: priceAlone });
    expect(failed).toEqual([]);
    expect(summary.readiness.verdict).toBe('could-not-tell');
  }, 60_000);

  it('gives a success the time that it takes', async () => {
    const { failed } = await verdictsOf({ work: { kind: 'later', ms: 1_500 } });
    expect(failed).toEqual([]);
  }, 60_000);
});

describe('a success that changes nothing', () => {
  it('is told with the failure that shows', async () => {
    const told = await toldOfShop(RULE, {
      view: ({ status }) => ({ refunded: status === 'EXPIRED' }),
    });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence:
        'checkout.success changes nothing: the state is what it was before, while after checkout.expired refunded is true.',
    });
    expect(told.story?.timeline.at(-1)).toMatch(/^4\. checkout\.success → 200/);
  });

  it('is told with the event before it, where the first is all that counts', async () => {
    const told = await toldOfShop(RULE, { handle: (order, event) => order ?? afresh(event) });
    expect(told.evidence).toBe(
      'checkout.success changes nothing: status is "NEW" before it and after it.',
    );
  });

  it('is told where only the time of the last web hook shows', async () => {
    const told = await toldOfShop(RULE, {
      handle: (order, event) => ({ ...(order ?? afresh(event)), updatedAt: event.changedAt }),
    });
    expect(told.evidence).toContain('checkout.success changes nothing: status is "NEW"');
  });

  it('keeps order and duplicates from being judged', async () => {
    const { results } = await reportOn({ handle: (order, event) => order ?? afresh(event) }, [
      'ordering/final-only',
      'idempotency/duplicate-in-sequence',
    ]);
    expect(results.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
  });

  it('shows where it does, and passes', async () => {
    expect(await toldOfShop(RULE)).toMatchObject({
      status: 'pass',
      evidence: 'It shows in the state: checkout.',
    });
  });
});
