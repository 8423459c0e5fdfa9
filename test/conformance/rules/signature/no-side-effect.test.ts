import { expect, it } from 'vitest';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'signature/no-side-effect';

it('what is refused before anything is done leaves no trace', async () => {
  expect((await toldOfShop(RULE)).status).toBe('pass');
});

it('work that is done before the digest is looked at is seen', async () => {
  const told = await toldOfModel(RULE, { verifies: 'last' });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence: 'A web hook that was refused changed the state all the same.',
  });
  expect(told.story?.timeline).toEqual([expect.stringContaining('checkout.success forged (')]);
  expect(told.story?.state).toContainEqual(expect.stringMatching(/^status .*, is "paid"$/));
});

it('what is taken for genuine has been refused by nobody', async () => {
  expect(await toldOfShop(RULE, { verifies: false })).toMatchObject({
    status: 'inconclusive',
    evidence: 'No forged web hook is refused, so none can be refused without a trace.',
  });
});

it('forgeries that are taken are not held against those that are refused', async () => {
  const accepts = (digests: readonly string[], right: string) =>
    digests.length === 0 || digests.join() === right;
  expect((await toldOfShop(RULE, { accepts })).status).toBe('pass');
});
