import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makePlan } from '../../src/delivery/plan-request.js';
import { lineUp } from '../../src/load/line-up.js';

const LIFE = { kind: 'payment', statuses: ['new', 'pending', 'success'] };
const OTHER = { kind: 'checkout', statuses: ['success'] };

function line(events: number, abreast: number, lives = [LIFE]): readonly string[] {
  const { locate } = lineUp(makePlan({ lives }).batches, events, abreast);
  return Array.from({ length: events }, (_, sequence) => {
    const { batchNumber, resource, eventNumber } = locate(sequence);
    return `${batchNumber}.${resource}.${eventNumber}`;
  });
}

test('so many resources live side by side, then as many others', () => {
  expect(line(12, 2)).toEqual(
    ['0.0.0 0.1.0 0.0.1 0.1.1 0.0.2 0.1.2', '0.2.0 0.3.0 0.2.1 0.3.1 0.2.2 0.3.2'].flatMap((row) =>
      row.split(' '),
    ),
  );
});

test('the last ones are as many as there are events for, so that their lives are whole', () => {
  expect(line(6, 100)).toEqual(['0.0.0', '0.1.0', '0.0.1', '0.1.1', '0.0.2', '0.1.2']);
});

test('each resource lives one life of every kind', () => {
  expect(line(4, 1, [LIFE, OTHER])).toEqual(['0.0.0', '0.0.1', '0.0.2', '1.0.0']);
});

test('no event comes twice, every earlier event came before, and few lives lack their end', () => {
  const sizes = fc.record({
    events: fc.integer({ min: 1, max: 500 }),
    abreast: fc.integer({ min: 1, max: 100 }),
  });
  fc.assert(
    fc.property(sizes, ({ events, abreast }) => {
      const places = line(events, abreast);
      expect(new Set(places).size).toBe(events);
      for (const [at, place] of places.entries()) {
        const [batch, resource, event] = place.split('.').map(Number);
        if (event === 0) continue;
        expect(places.indexOf(`${batch}.${resource}.${Number(event) - 1}`)).toBeLessThan(at);
      }
      const begun = places.filter((place) => place.endsWith('.0')).length;
      const ended = places.filter((place) => place.endsWith('.2')).length;
      expect(begun - ended).toBeLessThan(3);
    }),
  );
});
