import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatOf } from '../../src/diagnosis/body/format.js';

test.each([
  ['{}', 'compact'],
  ['', 'compact'],
  ['"a b"', 'compact'],
  ['{"a":"b, c: d","e":[1,2]}\n', 'compact'],
  ['{"a": 1, "b": 2}', 'spaced'],
  ['{"a:":1, "b":2}', 'other'],
  ['{\n  "a": 1\n}', 'pretty-2'],
  ['{\r\n    "a": 1\r\n}', 'pretty-4'],
  ['[\n\t1\n]', 'pretty-tab'],
  ['{\n   "a": 1\n}', 'other'],
  ['{ "a":1}', 'other'],
  ['{"a":1 }', 'other'],
  ['{"a":"never ends', 'compact'],
  ['{\n    "a": 1\n  }', 'pretty-2'],
])('%j is %s', (text, format) => {
  expect(formatOf(text)).toBe(format);
});

test('each way of JSON.stringify is known by its look', () => {
  const formats = [
    [undefined, 'compact'],
    [2, 'pretty-2'],
    [4, 'pretty-4'],
    ['\t', 'pretty-tab'],
  ] as const;
  const full = fc.oneof(
    fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
    fc.array(fc.jsonValue(), { minLength: 1 }),
  );
  fc.assert(
    fc.property(full, fc.constantFrom(...formats), (value, [indent, format]) => {
      const bytes = Buffer.from(JSON.stringify(value, undefined, indent));
      expect(formatOf(bytes.toString('latin1'))).toBe(format);
    }),
  );
});
