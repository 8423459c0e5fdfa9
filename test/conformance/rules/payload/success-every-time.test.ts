import { describe, expect, it } from 'vitest';
import { chanceFrom } from '../../../../src/conformance/search/chance.js';
import { CORRECT } from '../../../proving-ground/model.js';
import { careful } from '../../shop.js';
import { reportOn, toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'payload/success-every-time';

it('of a state that does not vary nothing more is asked', async () => {
  const report = await reportOn({}, [RULE]);
  expect(report.results).toMatchObject([
    { status: 'pass', evidence: 'Whatever came in order showed each time.' },
  ]);
});

describe('a receiver that loses what came in order now and then', () => {
  it.each([
    ['one of four', 1 / 4],
    ['one of three', 1 / 3],
    ['one of two', 1 / 2],
  ])('%s, is named with how often', async (_what, share) => {
    const draw = chanceFrom('c');
    const told = await toldOfModel(RULE, {
      concerns: (event, recorded) => draw() >= share && CORRECT.concerns(event, recorded),
    });
    expect(told).toMatchObject({ status: 'fail', severity: 'must' });
    expect(told.evidence).toMatch(
      /^checkout\.success came in order and alone, was answered 200, and left nothing \d of \d+ times\.$/,
    );
    expect(told.story?.timeline.at(-1)).toMatch(/checkout\.success → 200/);
    expect(told.story?.state.join('\n')).toMatch(/expected ".*success.*"/i);
  });
});

it('a success that shows at first, and never again, is named', async () => {
  let kept = 0;
  const told = await toldOfModel(RULE, {
    concerns: (event, recorded) => {
      if (event.status === 'SUCCESS') kept += 1;
      return (event.status !== 'SUCCESS' || kept <= 10) && CORRECT.concerns(event, recorded);
    },
  });
  expect(told).toMatchObject({ status: 'fail', severity: 'must' });
  expect(told.evidence).toBe(
    'checkout.success came in order and alone, was answered 200, and left nothing 4 of 4 times, though it showed when the check began.',
  );
  expect(told.story?.state).toContainEqual(expect.stringMatching(/^status +expected "paid", is "/));
});

it('a success that never shows is for another rule', async () => {
  const told = await toldOfShop(RULE, {
    handle: (order, event) => (event.status === 'SUCCESS' ? order : careful(order, event)),
  });
  expect(told.status).not.toBe('fail');
});

it('a word that changes by itself is no success that shows', async () => {
  const draw = chanceFrom('b');
  const told = await toldOfShop(RULE, {
    view: () => ({ syncState: draw() < 0.3 ? 'behind' : 'level', ticks: draw() }),
  });
  expect(told.status).not.toBe('fail');
});
