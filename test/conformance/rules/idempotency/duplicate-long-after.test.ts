import { describe, expect, it } from 'vitest';
import type { ProbeReading } from '../../../../src/ports.js';
import { forgettingAfter } from '../../../proving-ground/choices.js';
import { judge } from '../../../proving-ground/judge.js';
import { modelWith } from '../../../proving-ground/model-with.js';
import type { View } from '../../../proving-ground/views.js';
import { careful, credulous, sharingBalance } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'idempotency/duplicate-long-after';

it('a receiver that remembers for good is right', async () => {
  const told = await toldOfShop(RULE, {}, { lingerMs: 30_000 });
  expect(told).toMatchObject({ status: 'pass', evidence: 'Nothing changed 30.1 s later.' });
});

describe('a memory that forgets', () => {
  it('is found where what is sent again is older', async () => {
    const told = await toldOfModel(RULE, { memory: forgettingAfter(4_000) });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence: expect.stringMatching(/^A checkout came again [5-9]\.\d s later and was counted/),
    });
    expect(told.story?.timeline).toHaveLength(8);
    expect(told.story?.timeline.at(-1)).toContain('checkout.success again');
    expect(told.story?.state).toContainEqual(
      expect.stringMatching(/^credited +expected "149\.9", is "299\.8"$/),
    );
  });

  it('is not found by duplicates that come sooner', async () => {
    const told = await toldOfModel(RULE, { memory: forgettingAfter(60_000) });
    expect(told).toMatchObject({ status: 'pass' });
  });
});

it('what was lost the first time is no duplicate when it comes again', async () => {
  let count = 0;
  const told = await toldOfShop(RULE, {
    handle: (order, event) => {
      if (event.status === 'SUCCESS') count += 1;
      return count === 1 && event.status === 'SUCCESS' ? order : careful(order, event);
    },
  });
  expect(told.status).toBe('pass');
});

/** What was looked at is shown again for three seconds, with a note that it is old. */
function keptFor3s(view: View): View {
  const kept = new Map<string, { readonly reading: ProbeReading; readonly sinceMs: number }>();
  return (store, subject, reads) => {
    const known = kept.get(subject.id);
    const cached = known !== undefined && reads.nowMs - known.sinceMs < 3_000;
    const reading = cached ? known.reading : view(store, subject, reads);
    if (!cached) kept.set(subject.id, { reading, sinceMs: reads.nowMs });
    if (reading.status === 404) return reading;
    return { ...reading, text: reading.text.replace('{', `{"cached":${cached},`) };
  };
}

it('a receiver whose states say that they are from a cache is right', async () => {
  const model = modelWith('kinds: requests and payments');
  const { results } = await judge({ ...model, view: keptFor3s(model.view) }, 'a');
  expect(results.find(({ rule: { id } }) => id === RULE)?.verdict.status).toBe('pass');
});

it('a balance of all orders tells of it as well', async () => {
  const told = await toldOfShop(RULE, sharingBalance(credulous));
  expect(told).toMatchObject({ status: 'fail' });
  expect(told.story?.state).toEqual([
    expect.stringMatching(/^shop\.balance {2}expected [\d.]+, is/),
  ]);
});

it('where no kind can be told apart nothing is told', async () => {
  const told = await toldOfShop(RULE, { view: () => ({ ok: true }) });
  expect(told.status).toBe('inconclusive');
});
