import { describe, expect, it } from 'vitest';
import { judge } from '../../../proving-ground/judge.js';
import { CORRECT } from '../../../proving-ground/model.js';
import { careful, mixingUp } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'acknowledgement/burst-kept';
const KEPT = '25 of 25 at once were answered 200, and are kept.';

describe('what is answered 200 in a burst', () => {
  it.each([
    ['done at once', { kind: 'at-once', ms: 0 }],
    ['done later', { kind: 'later', ms: 300 }],
    ['done by a worker that takes its time', { kind: 'queued', workers: 2, ms: 20 }],
  ] as const)('is kept where it is %s', async (_, work) => {
    expect(await toldOfModel(RULE, { work })).toMatchObject({ status: 'pass', evidence: KEPT });
  });

  it('is lost where a queue is full, though each alone is kept', async () => {
    const work = { kind: 'queued', workers: 1, ms: 20, most: 10 } as const;
    const told = await toldOfModel(RULE, { work });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence:
        'Of 25 checkout.success that came at once and were answered 200, 14 left nothing behind.',
    });
    expect(told.story?.timeline).toEqual([expect.stringMatching(/^1\. checkout\.success → 200/)]);
    expect(told.story?.state).toContainEqual(
      expect.stringMatching(/^status .*"paid", is nothing$/),
    );
  });
});

it.each([
  ['slow to answer', { afterMs: 300 }],
  ['quick to answer', { afterMs: 0 }],
])('a queue that is full is told of a receiver that is %s', async (_, { afterMs }) => {
  const { results, summary } = await judge(
    {
      ...CORRECT,
      answers: { ...CORRECT.answers, afterMs },
      work: { kind: 'queued', workers: 1, ms: 20, most: 10 },
    },
    '1',
  );
  const [told] = results.filter(({ rule }) => rule.id === RULE);
  expect(told?.verdict.status).toBe('fail');
  expect(summary.untold).toBe(0);
});

it('what is put off was not promised to be kept', async () => {
  const told = await toldOfModel(RULE, {
    mostAtOnce: 10,
    work: { kind: 'at-once', ms: 20 },
  });
  expect(told).toMatchObject({
    status: 'pass',
    evidence: '10 of 25 at once were answered 200, and are kept.',
  });
});

it('a state that shows nothing of a lone web hook says nothing of many', async () => {
  const told = await toldOfShop(RULE, {
    handle: (order, event) =>
      order === undefined && event.status !== 'REQUEST_CREATED' ? undefined : careful(order, event),
  });
  expect(told).toMatchObject({
    status: 'inconclusive',
    evidence: 'The state shows nothing of a checkout of which one event came.',
  });
});

it('a quick receiver that mixes up what comes together is told about as well', async () => {
  const told = await toldOfShop(RULE, mixingUp(5));
  expect(told).toMatchObject({ status: 'pass', evidence: KEPT });
});

it('a receiver that is slow and works on one after the other is not given a burst', async () => {
  const work = { kind: 'queued', workers: 1, ms: 400 } as const;
  expect((await toldOfModel(RULE, { work })).status).toBe('skipped');
});
