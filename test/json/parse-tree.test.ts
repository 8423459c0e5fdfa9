import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endsEarly, parseTree } from '../../src/json/parse-tree.js';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
const brackets = fc.string({ unit: fc.constantFrom(...'{}[]:,"a1-.e0 tn'), maxLength: 12 });

describe('the tree of a JSON text', () => {
  it('is there for JSON and for nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), brackets), (text) => {
        fc.pre(!/["\\]/.test(text) || isJson(text));
        expect(parseTree(text) !== undefined).toBe(isJson(text));
      }),
      { numRuns: 2000, seed: 21 },
    );
  });

  it('ends early wherever an object is cut', () => {
    const text = '{"a":[1.5e-7,true,null,{"b":"c\\"\\u00e9"}],"d":-0}';
    for (let end = 1; end < text.length; end += 1) {
      expect(endsEarly(text.slice(0, end)), text.slice(0, end)).toBe(true);
    }
    expect(endsEarly(text)).toBe(false);
  });

  it.each(['{"a":1}x', '{"a" 1}', '{a:1}', '[1,]', 'hello', '{"a":truth}', '[01]'])(
    'does not end early but is wrong: %s',
    (text) => {
      expect(endsEarly(text)).toBe(false);
      expect(parseTree(text)).toBeUndefined();
    },
  );

  it('keeps members of one name apart, and knows where each stands', () => {
    expect(parseTree('{"a":1,"\\u0061":"x"}')).toEqual({
      kind: 'object',
      start: 0,
      end: 20,
      members: [
        {
          name: 'a',
          key: { kind: 'string', start: 1, end: 4 },
          value: { kind: 'number', start: 5, end: 6 },
        },
        {
          name: 'a',
          key: { kind: 'string', start: 7, end: 15 },
          value: { kind: 'string', start: 16, end: 19 },
        },
      ],
    });
  });
});
