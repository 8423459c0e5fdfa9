import { describe, expect, it } from 'vitest';
import { eventTimes, fill, type Hole } from '../../../src/webhook/rendering/hole.js';
import {
  createIdSpace,
  type IdSource,
  idSource,
  orderOfReference,
  orderOfWord,
  resourceOfWord,
  symbolOf,
} from '../../../src/webhook/rendering/id-source.js';

const space = createIdSpace('seed', 'salt');
const symbol = symbolOf('checkout');
const NIL = '00000000-0000-0000-0000-000000000000';
const filled = (ids: IdSource, sample: string, hole: Hole) => {
  const bytes = Buffer.from(sample);
  fill(bytes, 0, hole, { ids, eventTimeMs: eventTimes(0, 0) });
  return bytes.toString();
};
const uuidFrom = (ids: IdSource, of = symbol) =>
  filled(ids, NIL, { kind: 'uuid', of: 'resource', symbol: of });
const hexFrom = (ids: IdSource, digits: number) =>
  filled(ids, '0'.repeat(digits), { kind: 'hex', of: 'resource', symbol, digits });
const referenceFrom = (ids: IdSource) => filled(ids, '00000000', { kind: 'reference' });
const uuidOf = (resource: number | string) => uuidFrom(idSource(space, resource, resource));
const countTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('derived ids', () => {
  it('stay what they were in the first release, so that a seed repeats a run', () => {
    const ids = idSource(space, 1, 1);
    expect(uuidFrom(ids)).toBe('b0d27914-5a1b-4cba-a518-0fb520817207');
    expect(hexFrom(ids, 40)).toBe('b0d279145a1b3cbaa5180fb52081720725d4fbfa');
    expect(referenceFrom(ids)).toBe('fffbd33c');
  });

  it('are UUIDs of version 4', () => {
    for (const resource of countTo(1000)) {
      expect(uuidOf(resource)).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    }
  });

  it('are all different for 200,000 resources with two ids each', () => {
    const other = symbolOf('request');
    const ids = new Set(
      countTo(200_000).flatMap((key) => {
        const ids = idSource(space, key, key);
        return [uuidFrom(ids), uuidFrom(ids, other)];
      }),
    );
    expect(ids.size).toBe(400_000);
  });

  it('give 200,000 orders different references', () => {
    const references = new Set(
      countTo(200_000).map((key) => referenceFrom(idSource(space, 0, key))),
    );
    expect(references.size).toBe(200_000);
  });

  it('may come from names and from large numbers', () => {
    const keys = ['a', 'b', '1', '', 1, 2 ** 32 + 1, 2 ** 33 + 1, Number.MAX_SAFE_INTEGER];
    expect(new Set(keys.map(uuidOf)).size).toBe(keys.length);
  });

  it('look random: each hexadecimal digit is about as frequent at each place', () => {
    const samples = countTo(16_000).map((key) => uuidOf(key).replaceAll('-', ''));
    for (const place of countTo(32).filter((at) => at !== 12 && at !== 16)) {
      const counts = new Map<string, number>();
      for (const text of samples) {
        const digit = text.charAt(place);
        counts.set(digit, (counts.get(digit) ?? 0) + 1);
      }
      expect(counts.size).toBe(16);
      for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(200);
    }
  });

  it('have as many hexadecimal digits as are asked for', () => {
    const text = hexFrom(idSource(space, 5, 5), 64);
    expect(text).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(text.match(/.{8}/g)).size).toBe(8);
  });

  it('depend on seed and salt apart from each other', () => {
    expect(createIdSpace('ab', 'c')).not.toEqual(createIdSpace('a', 'bc'));
  });
});

describe('the start of an id', () => {
  const keys = [0, 1, 2, 41, 65_535, 999_999, 2 ** 32 - 1];
  const batches = [0, 1, 7, 2_000];
  const wordOf = (uuid: string) => Number.parseInt(uuid.slice(0, 8), 16);
  const cases = batches.flatMap((batch) => keys.map((key) => [batch, key] as const));

  it.each(cases)('tells in batch %i that it is of resource %i', (batch, key) => {
    const ids = idSource(space, batch * 2 ** 32 + key, batch * 2 ** 32 + key);
    expect(resourceOfWord(space, symbol, wordOf(uuidFrom(ids)), batch)).toBe(key);
  });

  it.each(cases)('tells in batch %i that it is of order %i', (batch, key) => {
    const ids = idSource(space, batch * 2 ** 32 + key, batch * 2 ** 32 + key);
    const uuid = filled(ids, NIL, { kind: 'uuid', of: 'order', symbol });
    expect(orderOfWord(space, symbol, wordOf(uuid), batch)).toBe(key);
    const reference = Number.parseInt(referenceFrom(ids), 16);
    expect(orderOfReference(space, reference, batch)).toBe(key);
  });
});
