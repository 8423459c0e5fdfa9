import { describe, expect, it } from 'vitest';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'signature/valid-accepted';

it('the kinds that are answered 200 are named', async () => {
  expect(await toldOfShop(RULE)).toMatchObject({ status: 'pass', evidence: 'Taken: checkout.' });
});

it('a kind of which one event alone is taken is no mistake of the digest', async () => {
  const told = await toldOfShop(RULE, {
    before: ({ event }) => (event?.status === 'NEW' ? undefined : { status: 500 }),
  });
  expect(told).toMatchObject({ status: 'pass', evidence: 'Taken in part: checkout.' });
});

describe('a receiver that refuses everything', () => {
  it.each([
    [401, '401 refuses the web hook', 'Compute HMAC-SHA1'],
    [500, '500 is a failure of the receiver.', 'Look into the log of the receiver'],
  ])('with %i is told what to do', async (status, says, advice) => {
    const told = await toldOfShop(RULE, { before: () => ({ status }) });
    expect(told).toMatchObject({ status: 'fail', severity: 'must' });
    expect(told.evidence).toContain(`No genuine web hook is answered 200. ${says}`);
    expect(told.advice).toContain(advice);
  });

  it('hears of the most frequent refusal, and then of the others', async () => {
    const told = await toldOfModel(
      RULE,
      { refuses: ({ kind }) => (kind === 'request' ? 404 : 500) },
      { kinds: ['request', 'payment', 'invoice'] },
    );
    expect(told.evidence).toMatch(/500 is a failure of the receiver\. request: answered 404\.$/);
  });
});

it('a receiver that never answers is told to answer first', async () => {
  const told = await toldOfShop(RULE, { before: () => 'silence' });
  expect(told).toMatchObject({
    status: 'fail',
    advice: 'Store the web hook, answer 200, and do the work afterwards.',
  });
});
