import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStamp, putStamp } from '../../../src/webhook/rendering/stamp.js';

describe('a time stamp', () => {
  it.each([
    ['2024-12-01T12:00:00Z', '2030-05-06T07:08:09Z'],
    ['2018-12-04T12:02:35.14Z', '2030-05-06T07:08:09.98Z'],
    ['2020-02-14T14:29:00.937Z', '2030-05-06T07:08:09.987Z'],
    ['2023-12-22T09:17:26.081523507Z', '2030-05-06T07:08:09.987523507Z'],
  ])('written like %s keeps its digits', (sample, expected) => {
    const bytes = Buffer.from(sample);
    const { ms = Number.NaN, msDigits = Number.NaN } = parseStamp(sample) ?? {};
    putStamp(bytes, 0, Date.parse('2030-05-06T07:08:09.987Z'), msDigits);
    expect(bytes.toString()).toBe(expected);
    putStamp(bytes, 0, ms, msDigits);
    expect(bytes.toString()).toBe(sample);
  });

  it.each(['', 'null', '2024-12-01', '2024-12-01T12:00:00+01:00'])('is not %j', (text) => {
    expect(parseStamp(text)).toBeUndefined();
  });
});

it('writes any time of four-digit years as ISO 8601 has it', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(9999, 11, 31) }), (ms) => {
      const bytes = Buffer.from('0000-00-00T00:00:00.000Z');
      putStamp(bytes, 0, ms, 3);
      expect(bytes.toString()).toBe(new Date(ms).toISOString());
    }),
  );
});
