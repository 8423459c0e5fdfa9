import { describe, expect, test } from 'vitest';
import {
  alternativeScripts,
  eventsOf,
  expect as expectedOf,
  type Measure,
  referenceScripts,
  turnsOf,
} from '../../src/conformance/expectation.js';
import { inOrder } from '../../src/conformance/references.js';
import {
  deliver,
  deliverTogether,
  deliverUnheard,
  type Script,
  scriptOf,
} from '../../src/conformance/script.js';
import { chanceFrom } from '../../src/conformance/search/chance.js';
import { randomScript } from '../../src/conformance/search/random-script.js';
import { knownLaboratory } from './open-lab.js';
import { underTest } from './plain.js';
import { openShop } from './shop.js';

const CHECKOUT = { kind: 'checkout', end: 'success' };
const LIFE = ['new', 'request-created', 'payment-detected', 'success'];
const SAME: Measure = { kind: 'same' };

function eventsIn({ steps }: Script): readonly string[] {
  return steps.flatMap(({ deliveries }) => deliveries.map(({ event }) => event));
}

function script(...events: readonly (string | readonly string[])[]): Script {
  const step = (event: string | readonly string[]) =>
    typeof event === 'string' ? deliver(event) : deliverTogether(event);
  return scriptOf(CHECKOUT, events.map(step));
}

describe('what may be ignored is what came late', () => {
  test.each<[string, Script, readonly string[][]]>([
    ['nothing in order', script(...LIFE), []],
    ['nothing that comes again', script('new', 'success', 'new', 'success'), []],
    ['what came after something newer', script('success', 'new'), [['success']]],
    ['what came at the same time', script(['new', 'success']), [['success']]],
    [
      'each by itself, and all of it',
      script('success', 'new', 'request-created'),
      [['request-created', 'success'], ['new', 'success'], ['success']],
    ],
    [
      'not what came before it as well',
      script('new', 'success', 'request-created', 'new'),
      [['new', 'success']],
    ],
  ])('%s', (_what, held, lives) => {
    const found = alternativeScripts({ script: held, measure: SAME });
    expect(found.map(eventsIn)).toEqual(lives);
  });

  test('only where a state as a whole is right', () => {
    const late = script('success', 'new');
    for (const kind of ['equal', 'in-turn'] as const)
      expect(alternativeScripts({ script: late, measure: { kind } })).toEqual([]);
  });
});

test('forged web hooks, and those of other resources, are no events of a resource', () => {
  const held: Script = {
    resources: [0, 1].map((order) => ({ ...CHECKOUT, order })),
    steps: [
      deliver('success', 0, { forge: 'missing' }),
      deliver('request-created', 0, { header: 'x-payload-digest' }),
      deliverUnheard('new', 0),
      deliver('new', 0),
      deliver('payment-detected', 1),
    ],
  };
  expect([0, 1, 2].map((index) => eventsOf(held, index))).toEqual([
    ['new', 'request-created'],
    ['payment-detected'],
    [],
  ]);
});

describe('a reference', () => {
  test('is each resource by itself, its events in order and once: of any plan', () => {
    const kinds = ['checkout', 'payment', 'request'].map((name) => underTest(name));
    const chance = chanceFrom('references');
    for (let plan = 0; plan < 100; plan += 1) {
      const random = randomScript({ kinds, resources: 3 }, chance);
      const references = referenceScripts({ script: random, measure: SAME });
      expect(references).toHaveLength(random.resources.length);
      for (const [index, reference] of references.entries()) {
        const { main, contrast } = underTest(random.resources[index]?.kind ?? '');
        expect([main.events, contrast.events]).toContainEqual(eventsIn(reference));
      }
      const [first, last] = turnsOf(random);
      const resourcesIn = (turn: Script | undefined) =>
        turn?.steps.map(({ deliveries }) => deliveries[0]?.resource ?? 0) ?? [];
      expect(resourcesIn(first)).toEqual(resourcesIn(first).toSorted());
      expect(resourcesIn(last)).toEqual(resourcesIn(first).toReversed());
    }
  });

  test('is what its measure says', () => {
    const held = script('success');
    const as = script('new');
    const of = (measure: Measure) => referenceScripts({ script: held, measure }).map(eventsIn);
    expect(of({ kind: 'decided', events: ['success', 'new', 'new'] })).toEqual([
      ['new', 'success'],
    ]);
    expect(referenceScripts({ script: held, measure: { kind: 'decided-as', script: as } })).toEqual(
      [as],
    );
  });

  test('keeps the amount of its resource', () => {
    const resource = { ...CHECKOUT, amount: '7.5', order: 3 };
    expect(inOrder(resource, ['new']).resources).toEqual([
      { ...CHECKOUT, amount: '7.5', order: 0 },
    ]);
  });
});

describe('states that are right as well', () => {
  test('are those in which what decides is the same', async () => {
    const laboratory = await knownLaboratory(openShop());
    const { states, allowed } = await expectedOf(laboratory, script('success', 'new'), SAME);
    expect(states[0]?.get('status')).toEqual(['"SUCCESS"']);
    expect(allowed).toEqual([[states[0]]]);
    const without = await expectedOf(laboratory, script('success', 'expired'), SAME);
    expect(without.allowed).toEqual([[]]);
  });

  test('are those of either turn, where resources come one after the other', async () => {
    const laboratory = await knownLaboratory(openShop());
    const held: Script = {
      resources: [CHECKOUT, { kind: 'checkout', end: 'expired' }].map((one) => ({
        ...one,
        order: 0,
      })),
      steps: [deliver('success', 0), deliver('expired', 1)],
    };
    const { states, allowed } = await expectedOf(laboratory, held, { kind: 'in-turn' });
    expect(states.map((state) => state.get('status'))).toEqual([['"SUCCESS"'], ['"EXPIRED"']]);
    expect(allowed).toEqual(states.map((state) => [state]));
  });
});
