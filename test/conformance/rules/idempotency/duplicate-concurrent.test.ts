import { describe, expect, it } from 'vitest';
import type { Model } from '../../../proving-ground/model.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'idempotency/duplicate-concurrent';

it('a receiver that takes one copy at a time is right', async () => {
  expect((await toldOfShop(RULE)).status).toBe('pass');
});

it('who looks first and writes later counts both', async () => {
  const told = await toldOfModel(RULE, { gapMs: 5 });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence: 'Two copies that came at the same time were both counted.',
  });
  expect(told.story?.timeline).toContainEqual(
    expect.stringMatching(/checkout\.success again at the same time → 200/),
  );
  expect(told.story?.state).toContain('credited  expected "149.9", is "299.8"');
});

it('copies one after the other say nothing of a race', async () => {
  const told = await toldOfModel('idempotency/duplicate-in-sequence', { gapMs: 5 });
  expect(told.status).toBe('pass');
});

describe('a race that is lost now and then', () => {
  it.each([7, 23])('is found, and told as one: %i', async (every) => {
    const told = await toldOfModel(RULE, { memory: lateEvery(every) });
    expect(told).toMatchObject({ status: 'fail', story: { times: expect.anything() } });
    const { failed, of } = timesOf(told.story);
    expect(failed).toBeGreaterThan(0);
    expect(failed).toBeLessThan(of);
  });
});

/** A mark that is there at once, but for one of so many, which only the next millisecond sees. */
function lateEvery(every: number): Model['memory'] {
  return (clock) => {
    const known = new Set<string>();
    let count = 0;
    return {
      has: (key) => known.has(key),
      add: (key) => {
        count += 1;
        if (count % every !== 0) known.add(key);
        else void clock.sleep(1).then(() => known.add(key));
      },
    };
  };
}

function timesOf(story: unknown): { readonly failed: number; readonly of: number } {
  return Object(story).times;
}
