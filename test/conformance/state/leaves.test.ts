import { describe, expect, test } from 'vitest';
import { isWithin, readLeaves } from '../../../src/conformance/state/leaves.js';

const asItIs = (text: string) => text;

function leavesOf(text: string, status = 200) {
  return Object.fromEntries(readLeaves({ status, text }, asItIs));
}

test('a state is what is at the end of each path, with every digit', () => {
  expect(leavesOf('{"status":"PAID","sum":{"amount":0.123456789012345678},"at":null}')).toEqual({
    status: ['"PAID"'],
    'sum.amount': ['0.123456789012345678'],
    at: ['null'],
  });
});

test('the order in which things are listed does not count, how many there are does', () => {
  expect(leavesOf('{"seen":["b","a"]}')).toEqual(leavesOf('{"seen":["a","b"]}'));
  expect(leavesOf('{"seen":["a","a"]}')).not.toEqual(leavesOf('{"seen":["a"]}'));
});

test('in a short list of a word and a number each place means something else', () => {
  expect(leavesOf('{"a":["PAID",5],"b":["5.00","NEW",null]}')).toEqual({
    'a[0]': ['"PAID"'],
    'a[1]': ['5'],
    'b[0]': ['"5"'],
    'b[1]': ['"NEW"'],
    'b[2]': ['null'],
  });
  expect(leavesOf('["NEW","PAID"]')).toEqual({ '[] count': ['2'], '[]': ['"NEW"', '"PAID"'] });
  expect(leavesOf('["NEW",1,"PAID",2,"SENT"]')).toHaveProperty('[] count');
});

test('numbers that are the same compare, and text that is no JSON is a string', () => {
  expect(leavesOf('{"amount":1.50}')).toEqual(leavesOf('{"amount":1.5}'));
  expect(leavesOf('paid\n')).toEqual({ '(state)': ['"paid"'] });
});

test('an unknown resource has one state, whatever the words of the 404', () => {
  expect(leavesOf('{"error":"no order-1"}', 404)).toEqual(leavesOf('Not found', 404));
});

describe('a path that a user types', () => {
  test.each([
    ['audit.updatedAt', 'audit.updatedAt', true],
    ['audit.updatedAt', 'audit', true],
    ['items[].price', 'items.price', true],
    ['items[].price', 'items.0.price', true],
    ['items[] count', 'items', true],
    ['auditor', 'audit', false],
  ])('%s is within %s: %s', (path, wanted, expected) => {
    expect(isWithin(path, wanted)).toBe(expected);
  });
});
