import { describe, expect, it } from 'vitest';
import { CORRECT } from '../../../proving-ground/model.js';
import { lateInACrowdOf } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'acknowledgement/burst';

it('a receiver that answers 25 web hooks at once is right', async () => {
  const told = await toldOfShop(RULE);
  expect(told).toMatchObject({ status: 'pass', severity: 'should' });
  expect(told.evidence).toMatch(/^25 answers: half within 2\.0 ms/);
});

describe('what is too much at once', () => {
  it.each([429, 503])('may be put off with %i', async (crowded) => {
    const told = await toldOfModel(RULE, atMost(12, crowded));
    expect(told.status).toBe('pass');
    expect(told.evidence).toMatch(/ 13 of 25 were put off: Inqud sends them again\.$/);
  });

  it('should not be refused with 500', async () => {
    expect(await toldOfModel(RULE, atMost(12, 500))).toMatchObject({
      status: 'fail',
      severity: 'should',
      evidence: '13 of 25 web hooks that came at once were refused (answered 500).',
    });
  });

  it('should not be left without an answer', async () => {
    const told = await toldOfShop(RULE, { work: lateInACrowdOf(20) });
    expect(told).toMatchObject({
      status: 'fail',
      evidence: '5 of 25 web hooks that came at once were not answered in time.',
    });
  });
});

it('where no web hook is taken there is nothing to send at once', async () => {
  const told = await toldOfShop(RULE, { before: () => ({ status: 401 }) });
  expect(told.status).toBe('inconclusive');
});

function atMost(mostAtOnce: number, crowded: number) {
  return { mostAtOnce, answers: { ...CORRECT.answers, crowded, afterMs: 20 } };
}
