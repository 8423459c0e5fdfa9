import { expect, it } from 'vitest';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'acknowledgement/quick-answer';

it.each([0, 1_500])('an answer after %i ms does not wait for slow work', async (ms) => {
  const told = await toldOfModel(RULE, { work: { kind: 'at-once', ms } });
  expect(told).toMatchObject({ status: 'pass', severity: 'advisory' });
  expect(told.evidence).toContain(`half within ${ms === 0 ? '2.0' : ms + 2} ms`);
});

it('an answer after three seconds waits for work that could be done later', async () => {
  const told = await toldOfModel(RULE, { work: { kind: 'at-once', ms: 3_000 } });
  expect(told).toMatchObject({ status: 'fail', severity: 'advisory' });
  expect(told.evidence).toMatch(/^An undisturbed web hook waits seconds .* half within 3002 ms/);
});

it('the one status that takes long is not most of them', async () => {
  const told = await toldOfModel(RULE, {
    delayOf: ({ status }) => (status === 'SUCCESS' ? 5_000 : 0),
  });
  expect(told.status).toBe('pass');
});

it('where nothing is answered nothing is told', async () => {
  const told = await toldOfShop(RULE, { before: () => 'silence' });
  expect(told.status).toBe('inconclusive');
});
