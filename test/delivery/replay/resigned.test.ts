import { expect, test } from 'vitest';
import { resigned } from '../../../src/delivery/replay/resigned.js';
import type { Header } from '../../../src/ports.js';

const body = Buffer.from('{}');
const headersOf = (headers: readonly Header[]) =>
  resigned({ headers, body }, (signed) => `digest of ${String(signed)}`).headers;

test('the new digest takes the place of the old one, spelled as that', () => {
  expect(
    headersOf([
      ['A', '1'],
      ['x-PAYLOAD-digest', 'old'],
      ['B', '2'],
    ]),
  ).toEqual([
    ['A', '1'],
    ['x-PAYLOAD-digest', 'digest of {}'],
    ['B', '2'],
  ]);
});

test('a request without a digest gets one at the end', () => {
  expect(headersOf([['A', '1']])).toEqual([
    ['A', '1'],
    ['X-Payload-Digest', 'digest of {}'],
  ]);
});

test('of several digests only the first stays', () => {
  expect(
    headersOf([
      ['X-Payload-Digest', 'a'],
      ['A', '1'],
      ['x-payload-digest', 'b'],
    ]),
  ).toEqual([
    ['X-Payload-Digest', 'digest of {}'],
    ['A', '1'],
  ]);
});
