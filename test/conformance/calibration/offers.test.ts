import { describe, expect, test } from 'vitest';
import { offerLives } from '../../../src/conformance/calibration/offer-lives.js';
import { skippedBy } from '../../../src/conformance/calibration/skipped-kind.js';
import type { Outcome } from '../../../src/ports.js';
import { MemoryServer } from '../../memory-server.js';
import { checkoutAfter, openLab } from '../open-lab.js';
import { answered, exchangeOf, kindNamed } from '../plain.js';
import { openShop } from '../shop.js';

const KINDS = ['payment', 'checkout', 'invoice', 'static-payment'];

/** Offers of some kinds to a receiver that answers its n-th web hook so. */
async function offered(names: readonly string[], answer: (nth: number) => number) {
  let nth = 0;
  const server = new MemoryServer(() => {
    nth += 1;
    return { status: answer(nth) };
  });
  const { url, outside, clock } = server;
  const { lab, gate } = await openLab({ url, stateUrl: url, outside, clock });
  const kinds = names.map(kindNamed);
  const offers = await offerLives(lab, gate, kinds);
  const skipped = offers.flatMap(({ kind, execution }) => skippedBy(kind, execution) ?? []);
  /** Web hooks of offers that were made once more. */
  const again = lab.log.length - offers.flatMap((one) => one.execution.exchanges).length;
  return { offers, skipped, again };
}

describe('what is not taken in the crowd', () => {
  test('may be taken alone', async () => {
    const { offers, skipped, again } = await offered(KINDS, (nth) => (nth <= 36 ? 302 : 200));
    expect(offers.map(({ kind }) => kind.kind)).toEqual(KINDS);
    expect(skipped).toEqual([]);
    expect(again).toBe(36);
  });

  test('is offered once more, until one of the sort of its answer has come again', async () => {
    const all = await offered(KINDS, () => 302);
    const one = await offered(KINDS.slice(0, 2), () => 302);
    expect(all.skipped.map(({ kind }) => kind)).toEqual(KINDS);
    expect(all.again).toBe(one.again);
    expect(one.again).toBeGreaterThan(0);
  });

  test('is not offered again where that was a decision, or there was no crowd', async () => {
    expect((await offered(KINDS, () => 404)).again).toBe(0);
    expect((await offered(['payment'], () => 302)).again).toBe(0);
  });
});

describe('a kind is skipped by its answers', () => {
  const TIMED_OUT: Outcome = { kind: 'timed-out', ms: 1_000 };

  test.each<[string, readonly Outcome[], object | undefined]>([
    ['all are taken', [answered(200), answered(204)], undefined],
    [
      'each is declined',
      [answered(404), answered(422)],
      { event: 'e0', isDeclined: true, takenInPart: false },
    ],
    [
      'some are declined',
      [answered(200), answered(404)],
      { event: 'e1', isDeclined: false, takenInPart: true },
    ],
    [
      'some failed',
      [answered(404), answered(500)],
      { event: 'e0', isDeclined: false, came: { code: 'status', status: 404 } },
    ],
    [
      'it was limited',
      [answered(429)],
      { isDeclined: false, came: { code: 'status', status: 429 } },
    ],
    [
      'it was late',
      [TIMED_OUT],
      { isDeclined: false, came: { code: 'timed-out' }, outcome: TIMED_OUT },
    ],
    ['nothing came', [], { event: undefined, isDeclined: false, came: { code: 'nothing' } }],
  ])('where %s', async (_what, outcomes, skipped) => {
    const open = await openLab(openShop());
    const exchanges = outcomes.map((outcome, index) =>
      exchangeOf(outcome, { delivery: { resource: 0, event: `e${index}`, answer: 'awaited' } }),
    );
    const execution = { ...(await checkoutAfter(open)), exchanges };
    const found = skippedBy(kindNamed('checkout'), execution);
    if (skipped === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject({ kind: 'checkout', ...skipped });
  });
});
