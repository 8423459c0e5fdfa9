import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { judge } from '../../../proving-ground/judge.js';
import { CORRECT } from '../../../proving-ground/model.js';
import { isFinal, type Moment, type ShopOptions } from '../../shop.js';
import { reportOn, toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'acknowledgement/exactly-200';
const LOST = 'Inqud counts only 200 as delivered, and gives up in the end.';

it('a receiver that answers 200 to whatever comes is right', async () => {
  const told = await toldOfShop(RULE);
  expect(told.status).toBe('pass');
  expect(told.evidence).toMatch(/^\d+ web hooks were answered 200, none with another success\.$/);
});

it.each([201, 204, 302])('a %i is not counted as delivered', async (status) => {
  const told = await toldOfShop(RULE, { status });
  expect(told).toMatchObject({ status: 'fail', severity: 'must' });
  expect(told.evidence).toMatch(
    new RegExp(`genuine web hooks were answered ${status}\\. Inqud counts only 200`),
  );
});

describe('what is refused each time it comes', () => {
  it.each<[string, (moment: Moment) => boolean, string, string]>([
    [
      'in its turn',
      ({ event }) => event?.status === 'EXPIRED',
      'checkout.expired',
      'Answer 200 to every status of the kinds you use',
    ],
    [
      'because it had come before',
      ({ event, order }) => event?.status === 'SUCCESS' && order?.status === 'SUCCESS',
      'checkout.success, which had come before,',
      'Answer 200 to what is known already',
    ],
  ])('%s is lost', async (_, isRefused, what, advice) => {
    const told = await toldOfShop(RULE, refusing(409, isRefused));
    expect(told).toMatchObject({
      status: 'fail',
      evidence: `${what} is answered 409 each time it comes. ${LOST}`,
      story: { times: { failed: 5, of: 5 } },
    });
    expect(told.advice).toMatch(advice);
  });

  it('because something newer had come is lost', async () => {
    const isStale = ({ event, order }: Moment) =>
      event?.status === 'NEW' && order !== undefined && isFinal(order);
    const { results } = await reportOn(refusing(409, isStale), [
      RULE,
      'ordering/late-intermediate',
    ]);
    expect(results).toMatchObject([
      {
        id: RULE,
        status: 'fail',
        evidence: `checkout.new, which came after a later status, is answered 409 each time it comes. ${LOST}`,
        advice: expect.stringContaining('Answer 200 to a status that comes late'),
      },
      {},
    ]);
  });
});

describe('what is refused once', () => {
  it('is for another rule where the retry does the work', async () => {
    expect((await toldOfShop(RULE, refusing(500, firstTime()))).status).toBe('pass');
  });

  it('is lost where its retry is taken for a duplicate', async () => {
    let count = 0;
    const told = await toldOfModel(RULE, {
      marksFirst: true,
      stumbles: ({ status }) => {
        if (status === 'SUCCESS') count += 1;
        return status === 'SUCCESS' && count % 5 === 0 ? 500 : undefined;
      },
    });
    expect(told).toMatchObject({
      status: 'fail',
      evidence:
        'checkout.success was answered 500, then 200 when it came again, and its work was never done.',
      advice: expect.stringContaining('makes the retry look like a duplicate'),
    });
    expect(told.story?.state).toContainEqual(
      expect.stringMatching(/^credited +expected "149\.9", is "0"$/),
    );
  });
});

it('a retry that was swallowed is one mistake, whichever rules meet it', async () => {
  const { results } = await judge(
    {
      ...CORRECT,
      marksFirst: true,
      stumbles: ({ id, status }) => (hashOf(`${id} ${status}`) % 16 === 0 ? 500 : undefined),
    },
    '1',
    { kinds: ['checkout'] },
  );
  const failed = results.filter(({ verdict }) => verdict.status === 'fail');
  const roots = failed.filter(({ followsFrom }) => followsFrom === undefined);
  expect(roots.map(({ rule }) => rule.id)).toEqual([RULE]);
  expect(failed.length).toBeGreaterThan(3);
});

it('what an outage refused, and is taken afterwards, is not held against it', async () => {
  let count = 0;
  let downUntilMs = 0;
  const told = await toldOfShop(RULE, {
    before: ({ nowMs }) => {
      count += 1;
      if (count === 40) downUntilMs = nowMs + 1_500;
      return nowMs < downUntilMs ? { status: 500 } : undefined;
    },
  });
  expect(told.status).toBe('pass');
});

it('a limit is no refusal', async () => {
  const answers = { ...CORRECT.answers, afterMs: 20 };
  const told = await toldOfModel(RULE, { mostAtOnce: 3, answers });
  expect(told.status).toBe('pass');
});

it('where nothing is answered 200 another rule says why', async () => {
  expect(
    (
      await toldOfShop(
        RULE,
        refusing(500, () => true),
      )
    ).status,
  ).toBe('inconclusive');
});

describe('what is refused by chance', () => {
  const DELIVERIES = [
    'acknowledgement/*',
    'idempotency/*',
    'ordering/*',
    'retries/*',
    'signature/*',
  ];

  it('loses what it refuses eleven times, and no other rule is accused of it', async () => {
    const { results } = await reportOn(refusing(401, oneOf(2)), DELIVERIES);
    const failed = results.filter(({ status }) => status === 'fail');
    expect(failed.map(({ id, followsFrom }) => [id, followsFrom])).toEqual([
      [RULE, undefined],
      ['acknowledgement/refusals-mended', RULE],
      ['acknowledgement/burst', RULE],
    ]);
    expect(failed[0]?.evidence).toMatch(
      /^\d+ of \d+ genuine web hooks were answered 401 at first, and so were (4|5)\d % of their retries: it is chance whether one is taken\. Of about \d{4} web hooks one is refused 11 times, and lost for good\.$/,
    );
    expect(failed[0]?.advice).toContain('one of which has an old secret');
  });

  it('is for another rule where eleven in a row do not happen', async () => {
    const { results } = await reportOn(refusing(401, oneOf(10)), DELIVERIES);
    const failed = results.filter(({ status }) => status === 'fail');
    expect(failed.map(({ id }) => id)).not.toContain('acknowledgement/exactly-200');
    expect(failed[0]).toMatchObject({
      id: 'acknowledgement/refusals-mended',
      advice: expect.stringContaining('an old secret'),
    });
  });
});

/** Answers what is refused with this status. */
function refusing(status: number, isRefused: (moment: Moment) => boolean): ShopOptions {
  return {
    before: (moment) => (moment.isGenuine && isRefused(moment) ? { status } : undefined),
  };
}

function firstTime(): (moment: Moment) => boolean {
  const known = new Set<string>();
  return ({ event }) => {
    const key = `${event?.id} ${event?.status}`;
    const isFirst = !known.has(key);
    known.add(key);
    return isFirst;
  };
}

/** One of so many, by a chance that is the same every time. */
function oneOf(many: number): () => boolean {
  let count = 0;
  return () => {
    count += 1;
    return hashOf(String(count)) % many === 0;
  };
}

function hashOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE();
}
