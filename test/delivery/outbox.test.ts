import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOutbox } from '../../src/delivery/outbox.js';

interface Letter {
  readonly name: string;
  isReady: boolean;
}

const letter = (name: string): Letter => ({ name, isReady: false });
const outboxOf = () => createOutbox<Letter>(({ isReady }) => isReady);

test('lets nothing leave before what came in first', () => {
  const outbox = outboxOf();
  const [first, second] = [letter('first'), letter('second')];
  outbox.push(first);
  outbox.push(second);
  second.isReady = true;
  expect(outbox.isReady).toBe(false);
  expect(outbox.take()).toBeUndefined();
  first.isReady = true;
  expect(outbox.isReady).toBe(true);
  expect([outbox.take(), outbox.take(), outbox.take()]).toEqual([first, second, undefined]);
});

test('puts a companion right behind its neighbour', () => {
  const outbox = outboxOf();
  const letters = ['one', 'two', 'companion of one'].map(letter);
  const [one = letter(''), two = letter(''), companion = letter('')] = letters;
  outbox.push(one);
  outbox.push(two);
  outbox.pushAfter(one, companion);
  for (const each of letters) each.isReady = true;
  expect([outbox.take(), outbox.take(), outbox.take()]).toEqual([one, companion, two]);
});

const commands = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant('push' as const) },
    { weight: 1, arbitrary: fc.record({ behind: fc.nat() }) },
    { weight: 3, arbitrary: fc.record({ ready: fc.nat() }) },
    { weight: 3, arbitrary: fc.constant('take' as const) },
  ),
  { maxLength: 200 },
);

test('is a plain list from which only a ready head leaves', () => {
  fc.assert(
    fc.property(commands, (list) => {
      const outbox = outboxOf();
      const model: Letter[] = [];
      for (const [number, command] of list.entries()) {
        const fresh = letter(String(number));
        if (command === 'push') {
          outbox.push(fresh);
          model.push(fresh);
        } else if (command === 'take') {
          const expected = model[0]?.isReady === true ? model.shift() : undefined;
          expect(outbox.take()).toBe(expected);
        } else if ('behind' in command) {
          const neighbour = model[command.behind % model.length];
          if (neighbour === undefined) continue;
          outbox.pushAfter(neighbour, fresh);
          model.splice(model.indexOf(neighbour) + 1, 0, fresh);
        } else {
          const chosen = model[command.ready % model.length];
          if (chosen !== undefined) chosen.isReady = true;
        }
        expect(outbox.length).toBe(model.length);
        expect(outbox.isReady).toBe(model[0]?.isReady === true);
      }
    }),
  );
});

test('lets go of what has left, and stays right over thousands', () => {
  const outbox = outboxOf();
  for (let number = 0; number < 5_000; number += 1) {
    const fresh = letter(String(number));
    fresh.isReady = true;
    outbox.push(fresh);
    if (number >= 3) expect(outbox.take()?.name).toBe(String(number - 3));
  }
  expect(outbox.length).toBe(3);
});
