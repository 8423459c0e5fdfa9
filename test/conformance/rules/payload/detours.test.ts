import { describe, expect, it } from 'vitest';
import { walksOf } from '../../../../src/conformance/rules/payload/walks.js';
import { CATALOGUE, findKind } from '../../../../src/webhook/catalogue.js';
import { failed, verdicts, wayOf } from '../../../proving-ground/ways-judged.js';
import { careful, type Handle, isFinal } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

/** A detour of a kind as one line. */
function linesOf(kindName: string): readonly string[] {
  const kind = findKind(kindName);
  if (kind === undefined) throw new Error(`There is no ${kindName}.`);
  return walksOf(kind).map(({ start, steps }) =>
    [start, ...steps.map(({ status }) => status)].map(({ name }) => name).join(' '),
  );
}

describe('walks through a lifecycle', () => {
  it.each(CATALOGUE.kinds)('take every step of $kind, and end', (kind) => {
    const walks = walksOf(kind);
    const taken = new Set(walks.flatMap(({ steps }) => steps.map(({ transition }) => transition)));
    expect(taken).toEqual(new Set(kind.transitions));
    for (const { start, steps } of walks) {
      expect(steps.at(-1)?.status.class).toBe('final');
      const froms = [start, ...steps.map(({ status }) => status)].map(({ status }) => status);
      expect(steps.map(({ transition }) => transition.from)).toEqual(froms.slice(0, -1));
    }
  });

  it('are no more than there are ways to an end', () => {
    for (const kind of CATALOGUE.kinds) {
      const ends = kind.transitions.filter(
        ({ to }) => kind.statuses.find(({ status }) => status === to)?.class === 'final',
      );
      expect(walksOf(kind)).toHaveLength(ends.length);
    }
  });

  it('end the longest detour where the money is', () => {
    expect(linesOf('static-payment')).toEqual([
      'pending frozen pending success',
      'pending failed',
      'pending frozen success',
      'pending frozen failed',
    ]);
    expect(linesOf('subscription')[0]).toBe('initiated active active cancelled');
  });
});

describe('payload/detours', () => {
  it.each([
    ['order', 'a frozen one stays frozen'],
    ['order', 'nothing is taken of a frozen one'],
    ['credit', 'none of a success that was frozen'],
  ])('names %s: %s', async (part, name) => {
    const found = await verdicts('payload/detours', wayOf(part, name));
    expect(failed(found)).toEqual(['payload/detours']);
  });

  it.each([
    ['key', 'id, status and time'],
    ['order', 'by the times of the bodies'],
    ['order', 'an unfreeze shows'],
    ['order', 'of two final statuses the later counts'],
  ])('is content with %s: %s', async (part, name) => {
    const found = await verdicts('payload/detours', wayOf(part, name));
    expect(found.get('payload/detours')?.verdict.status).toBe('pass');
  });

  it('says at which end of a detour money is lost', async () => {
    const told = await toldOfShop('payload/detours', { prefix: 'PMT', handle: losingFrozen });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence: 'A life that took a detour did not end as the direct way does.',
    });
    expect(told.story?.timeline).toContainEqual(expect.stringContaining('payment.frozen'));
    expect(told.story?.timeline.at(-1)).toMatch('payment.success');
    expect(told.story?.state).toContain('status    expected "SUCCESS", is "FROZEN"');
  });

  it('has nothing to say of a kind that goes one way', async () => {
    const told = await toldOfModel('payload/detours', {}, { kinds: ['authorization'] });
    expect(told).toMatchObject({
      status: 'skipped',
      evidence: 'No kind under test can take a detour.',
    });
  });
});

/** Takes what is frozen for the end. */
const losingFrozen: Handle = (order, event) => {
  if (order?.status === 'FROZEN') return order;
  const isHeld = order !== undefined && !isFinal(order) && event.status === 'FROZEN';
  return isHeld ? { ...order, status: 'FROZEN' } : careful(order, event);
};
