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

test('lines that are objects of JSON are a list of them', () => {
  expect(leavesOf('{"t":"paid","x":"50"}\n{"t":"payment","x":"20"}\n')).toEqual(
    leavesOf('[{"t":"paid","x":"50"},{"t":"payment","x":"20"}]'),
  );
});

test('the order in which things are listed does not count, how many there are does', () => {
  expect(leavesOf('{"seen":["b","a"]}')).toEqual(leavesOf('{"seen":["a","b"]}'));
  expect(leavesOf('{"seen":["a","a"]}')).not.toEqual(leavesOf('{"seen":["a"]}'));
});

test.each([
  ['numbers of its own', '1042', '7'],
  ['numbers with a prefix', 'inv-1042', 'inv-1043'],
  ['hashes', 'cff9569c4f38', '196744ccaa4c'],
  ['ULIDs', '01JDQ3Z4V7X8M2N9P5R6S7T8W9', '01JDQ3Z4W0A1B2C3D4E5F6G7H8'],
  ['invoice numbers', 'INV-2026-1001', 'INV-2026-1002'],
  ['short ids', '#4d512b21', '#0e70e220'],
  ['times', '2026-11-29T21:13:45.832Z', '2026-11-29T21:13:46.017Z'],
  ['keys of Firebase', '-OhjK3lmN8pQ2rSt5uVw', '-OhjK3lmN8pQ2rSt5uVx'],
  ['UUIDs', 'pay_1f0e6c2a-9d3b-4c5e-8f7a-6b5c4d3e2f1a', 'becdeaef-cee3-4814-98f8-bb0d4e19da62'],
])('members whose keys are %s are a list', (_, one, other) => {
  expect(leavesOf(`{"paid":{"${one}":{"is":5},"${other}":{"is":3}}}`)).toEqual({
    'paid.‹key›.is': ['3', '5'],
  });
});

test.each([
  ...['status', 'sha256', 'trc20', 'line1', 'address2', 'ipv4Address', 'base64', 'default', 'x509'],
  ...['created_at', 'USDT-TRC20', 'oauth2Token', 'facade', 'PAYMENT_DETECTED', 'vat19percent'],
])('a key that is a name stays one: %s', (name) => {
  expect(leavesOf(`{"${name}":5}`)).toEqual({ [name]: ['5'] });
});

test('JSON in a string is read as what it says', () => {
  expect(leavesOf('{"meta":"{\\"status\\":\\"paid\\",\\"at\\":[1,2]}"}')).toEqual(
    leavesOf('{"meta":{"status":"paid","at":[1,2]}}'),
  );
  expect(leavesOf('{"note":"{no JSON}"}')).toEqual({ note: ['"{no JSON}"'] });
});

test('what is no text says nothing but that', () => {
  expect(leavesOf('PK\u0003\u0004paid')).toEqual({ '(state)': ['(binary data)'] });
  expect(leavesOf('\u001b[32mpaid\u001b[0m')).not.toEqual({ '(state)': ['(binary data)'] });
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

test('several statuses in one string are a list of them', () => {
  for (const history of [
    'NEW > PENDING > SUCCESS',
    'new, pending, success',
    'NEW@1 PENDING@2 SUCCESS@3',
  ]) {
    expect(leavesOf(JSON.stringify({ history }))['history[] count']).toEqual(['3']);
  }
  expect(leavesOf('{"status":"PARTIAL_SUCCESS","note":"paid, shipped"}')).toEqual({
    status: ['"PARTIAL_SUCCESS"'],
    note: ['"paid, shipped"'],
  });
});

test('what is known to be a history is one where it has one entry, too', () => {
  const histories = new Set<string>();
  const read = (text: string) =>
    Object.fromEntries(readLeaves({ text }, asItIs, undefined, histories));
  read('{"log":"NEW > PENDING"}');
  expect(read('{"log":"NEW"}')).toEqual({ 'log[] count': ['1'], 'log[]': ['"NEW"'] });
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
