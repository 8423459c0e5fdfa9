import { describe, expect, it } from 'vitest';
import { lateInACrowdOf, type ShopOptions } from '../../shop.js';
import { reportOn, toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'acknowledgement/within-limit';

it('a receiver that answers in time is right, and hears how long it takes', async () => {
  const told = await toldOfModel(RULE, { work: { kind: 'at-once', ms: 9_000 } });
  expect(told).toMatchObject({ status: 'pass' });
  expect(told.evidence).toMatch(/all within 9002 ms\.$/);
});

describe('an answer that comes too late', () => {
  it('is no answer', async () => {
    const told = await toldOfModel(RULE, { work: { kind: 'at-once', ms: 12_000 } });
    expect(told).toMatchObject({ status: 'fail', severity: 'must' });
    expect(told.evidence).toMatch(/^\d+ of \d+ web hooks were not answered in time\.$/);
  });

  it('is found where one status alone takes so long', async () => {
    const told = await toldOfModel(RULE, {
      delayOf: ({ status }) => (status === 'SUCCESS' ? 12_000 : 0),
    });
    expect(told.status).toBe('fail');
  });

  it('is forgiven in a crowd, where it comes in time on a quiet receiver', async () => {
    const crowded = { work: lateInACrowdOf(20) };
    const { results } = await reportOn(crowded, [RULE, 'acknowledgement/burst']);
    const told = results.find(({ id }) => id === RULE);
    expect(told?.status).toBe('pass');
    expect(told?.evidence).toMatch(
      / 5 were not answered in time, with at least 21 under way at once\.$/,
    );
  });
});

it('a receiver that never answers is told with the web hooks that it got', async () => {
  const told = await toldOfShop(RULE, { before: () => 'silence' });
  expect(told.status).toBe('fail');
});

it('a forgery may be left without an answer', async () => {
  const waiting: ShopOptions = {
    before: ({ headers }) =>
      headers.some(([name]) => /digest/i.test(name)) ? undefined : 'silence',
  };
  const { results } = await reportOn(waiting, [RULE, 'signature/missing-refused']);
  expect(results.find(({ id }) => id === RULE)?.status).toBe('pass');
});
