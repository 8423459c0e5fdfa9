import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AttemptQueue, type Due } from '../../src/delivery/attempt-queue.js';

const dueTimes = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ min: 0, noNaN: true }));
const entries = fc.record({ dueMs: dueTimes, order: fc.maxSafeNat() });
const commands = fc.array(fc.oneof(entries, fc.constant('pop' as const)), { maxLength: 300 });

test('gives back the earliest, then the lowest order, as a sorted array would', () => {
  fc.assert(
    fc.property(commands, (list) => {
      const queue = new AttemptQueue();
      const sorted: Due[] = [];
      for (const command of list) {
        if (command === 'pop') expect(queue.pop()).toEqual(sorted.shift());
        else {
          queue.push(command.dueMs, command.order);
          sorted.push(command);
          sorted.sort((one, other) => one.dueMs - other.dueMs || one.order - other.order);
        }
        expect(queue.length).toBe(sorted.length);
        expect(queue.nextDueMs).toBe(sorted[0]?.dueMs);
      }
    }),
  );
});

test('sorts more entries than it starts with room for', () => {
  const queue = new AttemptQueue();
  for (let number = 0; number < 10_000; number += 1) queue.push((number * 7_919) % 10_000, number);
  for (let dueMs = 0; dueMs < 10_000; dueMs += 1) expect(queue.pop()?.dueMs).toBe(dueMs);
  expect(queue.pop()).toBeUndefined();
});

test('is empty at first', () => {
  const queue = new AttemptQueue();
  expect(queue.length).toBe(0);
  expect(queue.nextDueMs).toBeUndefined();
  expect(queue.pop()).toBeUndefined();
});
