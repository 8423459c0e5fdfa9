import { expect, test } from 'vitest';
import { createResourceLines } from '../../src/delivery/resource-lines.js';

test('begins at once when nobody of the line is under way', () => {
  const lines = createResourceLines();
  const begun: string[] = [];
  lines.enter('a', () => begun.push('a1'));
  lines.enter('b', () => begun.push('b1'));
  expect(begun).toEqual(['a1', 'b1']);
});

test('lets one go after the other, in the order they came', () => {
  const lines = createResourceLines();
  const begun: string[] = [];
  for (const name of ['first', 'second', 'third']) lines.enter('a', () => begun.push(name));
  expect(begun).toEqual(['first']);
  lines.leave('a');
  expect(begun).toEqual(['first', 'second']);
  lines.leave('a');
  lines.leave('a');
  expect(begun).toEqual(['first', 'second', 'third']);
});

test('waits for companions too', () => {
  const lines = createResourceLines();
  const begun: string[] = [];
  lines.enter('a', () => begun.push('first'));
  lines.enterBeside('a');
  lines.enter('a', () => begun.push('second'));
  lines.leave('a');
  expect(begun).toEqual(['first']);
  lines.leave('a');
  expect(begun).toEqual(['first', 'second']);
});

test('a line that was left empty is free again', () => {
  const lines = createResourceLines();
  const begun: string[] = [];
  lines.enter('a', () => begun.push('first'));
  lines.leave('a');
  lines.enter('a', () => begun.push('second'));
  expect(begun).toEqual(['first', 'second']);
});

test('a hundred thousand that leave as soon as they begin need no deep stack', () => {
  const lines = createResourceLines();
  let begun = 0;
  lines.enter('a', () => undefined);
  for (let number = 0; number < 100_000; number += 1) {
    lines.enter('a', () => {
      begun += 1;
      lines.leave('a');
    });
  }
  lines.leave('a');
  expect(begun).toBe(100_000);
});
