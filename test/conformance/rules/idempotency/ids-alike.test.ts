import { expect, it } from 'vitest';
import { cast } from '../../../../src/report/check/timeline.js';
import { careful } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'idempotency/ids-alike';

it('a receiver that knows resources by their whole ids is right', async () => {
  expect(await toldOfShop(RULE)).toMatchObject({
    status: 'pass',
    evidence: '2 delivery plans left the right state.',
  });
});

it.each([
  ['the first ten characters', (id: string) => id.slice(0, 10)],
  ['the first twelve', (id: string) => id.slice(0, 12)],
  ['the last eight', (id: string) => id.slice(-8)],
  ['the last six', (id: string) => id.slice(-6)],
])('one that goes by %s of an id takes one for the other', async (_what, part) => {
  const told = await toldOfShop(RULE, forgetfulBy(part));
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence: 'Of two resources with ids that are alike, one was taken for the other.',
    story: { times: { failed: 5, of: 5 } },
  });
  expect(told.story?.timeline).toEqual([
    expect.stringMatching(/^1\. checkout\.success A →/),
    expect.stringMatching(/^2\. checkout\.success B →/),
  ]);
  expect(told.story?.state.join('\n')).toMatch(/^B credited +expected 149\.9, is nothing$/m);
});

it('a row that is found by such an id keeps the end of another', async () => {
  const told = await toldOfModel(RULE, {
    understood: (event) => ({ ...event, id: event.id.slice(0, 12) }),
    view: (store, { id }) => {
      const resource = store.resources.get(id.slice(0, 12));
      return resource === undefined
        ? { status: 404, text: '' }
        : { status: 200, text: JSON.stringify({ status: resource.event.status }) };
    },
  });
  expect(told).toMatchObject({ status: 'fail', severity: 'must' });
  expect(told.story?.state.join('\n')).toMatch(/expected "SUCCESS", is "EXPIRED"/);
});

it('a person reads which ids are alike', () => {
  const resource = { kind: 'checkout', end: 'success' };
  const resources = [
    { ...resource, order: 0 },
    { ...resource, order: 1, idLike: { resource: 0, at: 'start' } },
    { ...resource, order: 0, idLike: { resource: 1, at: 'end' } },
  ] as const;
  expect(cast({ script: { resources, steps: [] } })).toEqual([
    'A is a checkout',
    'B is a checkout, whose id starts as that of A',
    'C is a checkout, of the same order as A, whose id ends as that of B',
  ]);
});

it('a key that is longer than what is alike is no mistake that a shop ever meets', async () => {
  const told = await toldOfShop(
    RULE,
    forgetfulBy((id) => id.slice(0, 20)),
  );
  expect(told.status).toBe('pass');
});

it('where the shop chooses the ids none can be alike', async () => {
  let made = 0;
  const prepare = async () => {
    made += 1;
    return { id: `CCO-${made.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000` };
  };
  const told = await toldOfShop(RULE, {}, { prepare });
  expect(told).toMatchObject({
    status: 'skipped',
    evidence: '--prepare gives ids to the web hooks, so that none are alike.',
  });
});

it('every kind is tried', async () => {
  const told = await toldOfModel(
    RULE,
    {
      keyOf: ({ kind, id, status }) =>
        kind === 'payment' ? id.slice(0, 10) + status : id + status,
    },
    { kinds: ['checkout', 'payment'] },
  );
  expect(told.story?.timeline[0]).toMatch('payment.success A');
});

/** Does nothing about an event that it seems to have done already. */
function forgetfulBy(part: (id: string) => string) {
  const done = new Set<string>();
  return {
    handle: (order: Parameters<typeof careful>[0], event: Parameters<typeof careful>[1]) => {
      const key = `${part(event.id)} ${event.status}`;
      if (done.has(key)) return order;
      done.add(key);
      return careful(order, event);
    },
  };
}
