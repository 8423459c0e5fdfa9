import { describe, expect, test } from 'vitest';
import {
  countDeliveries,
  deliver,
  type Script,
  scriptOf,
} from '../../../src/conformance/script.js';
import { chanceFrom } from '../../../src/conformance/search/chance.js';
import { randomScript } from '../../../src/conformance/search/random-script.js';
import { isHeard, shrink, shrinkWhile } from '../../../src/conformance/search/shrink.js';
import { simplerScripts } from '../../../src/conformance/search/simpler.js';
import { knownLaboratory, laboratoryOf, openLab } from '../open-lab.js';
import { underTest } from '../plain.js';
import { credulous, openShop } from '../shop.js';

const SPACE = { kinds: [underTest('checkout'), underTest('payment')], resources: 3 };
const HOUR = { withinMs: 3_600_000 };

type Fails = (script: Script) => boolean;

const deliveriesIn = ({ steps }: Script) => steps.flatMap(({ deliveries }) => deliveries);
const hasTogether: Fails = ({ steps }) => steps.some(({ deliveries }) => deliveries.length > 1);
const hasLost: Fails = (script) => deliveriesIn(script).some(({ answer }) => answer === 'lost');
const hasEnds: Fails = (script) =>
  script.resources.every(({ end }, index) =>
    deliveriesIn(script).some(({ resource, event }) => resource === index && event === end),
  );
const hasDuplicate: Fails = (script) => {
  const names = deliveriesIn(script).map(({ resource, event }) => `${resource} ${event}`);
  return new Set(names).size < names.length;
};
const hasTwo: Fails = ({ resources }) => resources.length > 1;
const isOutOfOrder: Fails = (script) =>
  deliveriesIn(script).some(({ event, resource }, place, all) =>
    all
      .slice(place)
      .some((later) => later.resource === resource && later.event === 'new' && event !== 'new'),
  );

describe('the smallest plan that fails', () => {
  test.each<[string, Fails, number]>([
    ['by what comes twice', hasDuplicate, 2],
    ['by what comes out of order', isOutOfOrder, 2],
    ['by what comes together', hasTogether, 2],
    ['by an answer that is lost', hasLost, 2],
    ['by two resources', hasTwo, 2],
    ['always', () => true, 1],
  ])('%s has nothing left that can be left out', async (_what, fails, most) => {
    const laboratory = laboratoryOf(await openLab(openShop()));
    const chance = chanceFrom('shrink');
    const found: number[] = [];
    while (found.length < 12) {
      const failing = randomScript(SPACE, chance);
      if (!fails(failing)) continue;
      const smallest = await shrinkWhile(laboratory, failing, HOUR, async (one) => fails(one));
      expect(fails(smallest) && hasEnds(smallest) && isHeard(smallest)).toBe(true);
      expect(
        simplerScripts(smallest).filter((one) => fails(one) && hasEnds(one) && isHeard(one)),
      ).toEqual([]);
      for (const other of [hasLost, hasTogether].filter((one) => one !== fails))
        expect(other(smallest)).toBe(false);
      found.push(countDeliveries(smallest));
    }
    expect(Math.min(...found)).toBe(most);
  });

  test('keeps what comes together, where that is the point', async () => {
    const laboratory = laboratoryOf(await openLab(openShop()));
    const chance = chanceFrom('together');
    for (let plan = 0; plan < 20; plan += 1) {
      const failing = randomScript({ ...SPACE, resources: 1 }, chance);
      if (!hasTogether(failing)) continue;
      const limits = { ...HOUR, keepsTogether: true };
      const smallest = await shrinkWhile(laboratory, failing, limits, async () => true);
      expect(hasTogether(smallest)).toBe(true);
      expect(countDeliveries(smallest)).toBeLessThanOrEqual(3);
    }
  });

  test('is as small as it gets in the time', async () => {
    const open = await openLab(openShop());
    const laboratory = laboratoryOf(open);
    const failing = randomScript({ ...SPACE, isPair: true }, chanceFrom('time'));
    const slowly = async () => {
      await open.clock.sleep(400);
      return true;
    };
    const some = await shrinkWhile(laboratory, failing, { withinMs: 600 }, slowly);
    expect(open.clock.monotonic()).toBe(800);
    expect(countDeliveries(some)).toBeLessThan(countDeliveries(failing));
    open.end();
    expect(await shrinkWhile(laboratory, failing, HOUR, slowly)).toBe(failing);
  });

  test('of a receiver that counts twice what comes twice is that, and nothing else', async () => {
    const laboratory = await knownLaboratory(openShop({ handle: credulous }));
    const events = ['new', 'success', 'request-created', 'success'];
    const failing = scriptOf(
      { kind: 'checkout', end: 'success' },
      events.map((event) => deliver(event)),
    );
    const smallest = await shrink(laboratory, failing, () => ({ kind: 'same' }), HOUR);
    expect(deliveriesIn(smallest).map(({ event }) => event)).toEqual(['success', 'success']);
  });
});
