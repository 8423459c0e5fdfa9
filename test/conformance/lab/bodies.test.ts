import { parse } from 'lossless-json';
import { describe, expect, test } from 'vitest';
import { packagedSamples } from '../../../src/adapters/sample-files.js';
import { amountPaths, amountsIn } from '../../../src/conformance/lab/amount-paths.js';
import { inForm } from '../../../src/conformance/lab/byte-forms.js';
import { FORGERIES, forge, forgeryWords } from '../../../src/conformance/lab/forge.js';
import { leaveOut } from '../../../src/conformance/lab/leave-out.js';
import { BYTE_FORMS, type ByteForm } from '../../../src/conformance/script.js';
import { readAllSamples } from '../../../src/delivery/read-samples.js';
import { sign } from '../../../src/webhook/digest.js';
import { Secret } from '../../../src/webhook/secret.js';

const samples = await readAllSamples(packagedSamples);
const secret = Secret.fromText('a secret');
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (body: Uint8Array) => new TextDecoder().decode(body);
/** Numbers as numbers: 1.0 is 1. */
const meant = (body: string) => parse(body, undefined, Number);

describe('another form of a body', () => {
  test.each(BYTE_FORMS)('says the same in other bytes: %s', (form) => {
    for (const sample of samples.values()) {
      const other = text(inForm(bytes(sample), form));
      expect(other).not.toBe(sample);
      const { inqudHookNote, ...rest } = JSON.parse(other);
      expect(rest).toEqual(JSON.parse(sample));
    }
  });

  test.each<[ByteForm, string, string]>([
    ['number-forms', '{"a":[1,1.5,-2]}', '{"a":[1.0,1.50,-2.0]}'],
    ['number-forms', '{"a":1e5,"b":1.5E-7}', '{"a":1.0e5,"b":1.50E-7}'],
    ['key-order', '{"a":1,"b":[{"c":1,"d":2}]}', '{"b":[{"c":1,"d":2}],"a":1}'],
    ['escapes', '{"u":"a/ST"}', '{"u":"a\\/\\u0053\\u0054"}'],
    ['trailing-newline', '{}', '{}\n'],
  ])('%s of %s is %s', (form, body, other) => {
    expect(text(inForm(bytes(body), form))).toBe(other);
    expect(meant(other)).toEqual(meant(body));
  });
});

describe('a forged web hook', () => {
  const [earlier, ...others] = [...samples.values()].map(bytes);

  test.each(FORGERIES)('is no genuine one: %s', (how) => {
    for (const body of others) {
      const forged = forge({ body, earlier: earlier ?? body }, secret, how);
      const right = sign(forged.body, secret);
      expect(forged.digests).not.toEqual([right]);
      expect(forged.digests.includes(right)).toBe(how === 'twice' || how === 'twice-right-first');
      expect(text(forged.body) === text(body)).toBe(how !== 'changed-byte');
    }
    expect(forgeryWords(how)).toMatch(/^[A-Z].*[^.]$/);
  });

  test('with the digest that was accepted has that of the first event', () => {
    const body = others[0] ?? bytes('{}');
    const first = earlier ?? body;
    const { digests } = forge({ body, earlier: first }, secret, 'accepted-before');
    expect(digests).toEqual([sign(first, secret)]);
  });
});

test('members are left out wherever they are, and every digit of the rest stays', () => {
  const body = bytes('{"a":{"b":1.50,"c":{"b":2}},"b":3,"d":[{"b":4}]}');
  expect(text(leaveOut(body, ['a.b', 'd.b', 'x']))).toBe('{"a":{"c":{"b":2}},"b":3,"d":[{"b":4}]}');
  expect(text(leaveOut(body, ['b', 'a.c', 'd']))).toBe('{"a":{"b":1.50}}');
});

describe('amounts of a body', () => {
  test('are told with the currency that it says they are in', () => {
    const body =
      '{"amount":1,"fee":2,"currency":"USD","payAmount":"3","list":[{"amount":4}],"request":{"currency":"BTC","requestAmount":5,"requestAmountIn":"EUR","paidAmount":6,"price":{"amount":7}},"sourceAmount":8}';
    expect(amountsIn(body)).toEqual([
      { path: 'amount', currency: 'USD' },
      { path: 'list.0.amount', currency: 'USD' },
      { path: 'request.requestAmount', currency: 'EUR' },
      { path: 'request.paidAmount', currency: 'BTC' },
      { path: 'request.price.amount', currency: 'BTC' },
      { path: 'sourceAmount', currency: 'USD' },
    ]);
  });

  test('are in each sample of what is paid', () => {
    for (const [name, sample] of samples)
      if (/^(payment|checkout|invoice)\./.test(name)) expect(amountPaths(sample)).not.toEqual([]);
  });
});
