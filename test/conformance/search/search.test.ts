import { expect, test } from 'vitest';
import {
  countDeliveries,
  deliver,
  deliverTogether,
  scriptOf,
} from '../../../src/conformance/script.js';
import { chanceFrom } from '../../../src/conformance/search/chance.js';
import { randomScript } from '../../../src/conformance/search/random-script.js';
import { simplerScripts } from '../../../src/conformance/search/simpler.js';
import { underTest } from '../plain.js';

const SPACE = { kinds: [underTest('checkout'), underTest('payment')], resources: 3 };

test('the same seed gives the same plans, and another seed others', () => {
  const plan = (seed: string) => randomScript(SPACE, chanceFrom(seed));
  expect(plan('1')).toEqual(plan('1'));
  expect(plan('1')).not.toEqual(plan('2'));
});

test('every event of a life is delivered, and its answer heard at least once', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const script = randomScript(SPACE, chanceFrom(String(seed)));
    const deliveries = script.steps.flatMap((step) => step.deliveries);
    for (const [index, { kind, end }] of script.resources.entries()) {
      const subject = underTest(kind);
      const life = subject.main.end === end ? subject.main : subject.contrast;
      const heard = deliveries.filter(
        ({ resource, answer }) => resource === index && answer === 'awaited',
      );
      expect(new Set(heard.map(({ event }) => event))).toEqual(new Set(life.events));
    }
  }
});

test('what is simpler never has more deliveries, and is never the same', () => {
  const script = scriptOf({ kind: 'checkout', end: 'success' }, [
    deliver('success'),
    deliverTogether(['new', 'new']),
    deliver('request-created'),
  ]);
  const simpler = simplerScripts(script);
  expect(simpler.length).toBeGreaterThan(4);
  for (const candidate of simpler) {
    expect(countDeliveries(candidate)).toBeLessThanOrEqual(countDeliveries(script));
    expect(candidate).not.toEqual(script);
  }
});

test('neighbours against the order of their life are put in order', () => {
  const swapped = scriptOf({ kind: 'checkout', end: 'success' }, [
    deliver('success'),
    deliver('new'),
  ]);
  const inOrder = scriptOf({ kind: 'checkout', end: 'success' }, [
    deliver('new'),
    deliver('success'),
  ]);
  expect(simplerScripts(swapped)).toContainEqual(inOrder);
  expect(simplerScripts(inOrder)).not.toContainEqual(swapped);
});

test('a plan about a pair has two resources of one order, and every end of a life comes again', () => {
  for (let seed = 0; seed < 30; seed += 1) {
    const { resources, steps } = randomScript({ ...SPACE, isPair: true }, chanceFrom(String(seed)));
    expect(resources.map(({ order }) => order)).toEqual([0, 0]);
    const deliveries = steps.flatMap((step) => step.deliveries);
    for (const [index, { end }] of resources.entries()) {
      const ends = deliveries.filter(({ resource, event }) => resource === index && event === end);
      expect(ends).toHaveLength(2);
    }
  }
});

test('a resource that is left out leaves its order to the others of it', () => {
  const pair = {
    resources: [
      { kind: 'checkout', end: 'success', order: 0 },
      { kind: 'checkout', end: 'success', order: 0 },
      { kind: 'checkout', end: 'success', order: 0 },
    ],
    steps: [deliver('success', 0), deliver('success', 1), deliver('success', 2)],
  };
  const without = simplerScripts(pair).filter(({ resources }) => resources.length === 2);
  for (const { resources } of without) {
    expect(new Set(resources.map(({ order }) => order))).toEqual(new Set([0]));
  }
});
