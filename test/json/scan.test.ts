import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findValues } from '../../src/json/find-values.js';
import { outlineJson } from '../../src/json/outline.js';
import { NO_END, nameText, stringEnd, valueEnd, visitItems } from '../../src/json/scan.js';
import { NOT_PLAIN, skipValue } from '../../src/json/scan-bytes.js';
import { sourceOf } from '../../src/json/source-of.js';

const value = fc.jsonValue({ maxDepth: 4 });
/** Laid out in any way, with something behind it. */
const laidOut = fc
  .tuple(value, fc.constantFrom(undefined, 1, '\t'), fc.constantFrom('', ',', ' ]', '\n{'))
  .map(([json, indent, after]) => ({ text: JSON.stringify(json, null, indent), after, json }));
const noise = fc.string({ unit: fc.constantFrom(...'{}[],:"\\ 1ae\n'), maxLength: 30 });

describe('the scanner', () => {
  it('finds the end of any value, whatever comes behind it', () => {
    fc.assert(
      fc.property(laidOut, ({ text, after }) => {
        expect(valueEnd(text + after, 0)).toBe(text.length);
      }),
    );
  });

  it('finds no end of a value that is cut off', () => {
    fc.assert(
      fc.property(laidOut, fc.nat(), ({ text }, cut) => {
        fc.pre(/^["[{]/.test(text));
        expect(valueEnd(text.slice(0, cut % text.length), 0)).toBe(NO_END);
      }),
    );
  });

  it('visits the members of an object and the items of a list, in order', () => {
    fc.assert(
      fc.property(laidOut, ({ text, json }) => {
        fc.pre(typeof json === 'object' && json !== null);
        const seen: unknown[] = [];
        visitItems(text, 0, (name, start) => {
          const end = valueEnd(text, start);
          seen.push([nameText(name), JSON.parse(text.slice(start, end))]);
          return end;
        });
        expect(seen).toEqual(Object.entries(JSON.parse(text)));
      }),
    );
  });

  it('gives the source of every value by its keys', () => {
    fc.assert(
      fc.property(laidOut, ({ text, json }) => {
        fc.pre(typeof json === 'object' && json !== null);
        for (const [key, item] of Object.entries(JSON.parse(text))) {
          expect(JSON.parse(sourceOf(text, [key]) ?? '')).toEqual(item);
          const spans = findValues(text, [[key]]) ?? [];
          const sources = spans.map(({ start, end }) => text.slice(start, end));
          expect(sources).toContain(sourceOf(text, [key]));
        }
      }),
    );
  });

  it('never throws and never reads past the end of anything', () => {
    fc.assert(
      fc.property(noise, (text) => {
        for (const end of [valueEnd(text, 0), stringEnd(text, 0)]) {
          expect(end === NO_END || end <= text.length).toBe(true);
        }
        expect(outlineJson(text, 0).end ?? 0).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('takes the keys of what is cut off for an outline', () => {
    expect([...outlineJson('{"log":{"entries":[{"request":{"u', 0).paths]).toEqual([
      'log',
      'log.entries',
      'log.entries.[].request',
    ]);
  });
});

describe('its twin over bytes', () => {
  it('finds the same ends, or leaves the value to the scanner', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          laidOut.map(({ text, after }) => text + after),
          noise,
        ),
        (text) => {
          const bytes = Buffer.from(`[${text}]`);
          const end = skipValue(bytes, 0, bytes.length);
          if (end !== NOT_PLAIN) expect(valueEnd(bytes.toString('latin1'), 0)).toBe(end);
        },
      ),
    );
  });

  it('needs no help with what captures are made of', () => {
    const bytes = Buffer.from('{"a":[1,-2,"x\\n"],"b":{"c":true}}');
    expect(skipValue(bytes, 0, bytes.length)).toBe(bytes.length);
  });
});
