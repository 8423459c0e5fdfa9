import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dotnetStyles,
  goMapStyles,
  gsonStyles,
  htmlSafeStyles,
  jacksonPrettyStyles,
  javaStyles,
  javascriptStyle,
  phpStyles,
  plainStyle,
  prettyStyles,
  pythonCompactStyles,
  pythonStyles,
  rubyStyles,
  verbatimStyle,
} from '../../../src/diagnosis/json/languages.js';
import { jsonSource } from '../../../src/diagnosis/json/source.js';
import { streamJson } from '../../../src/diagnosis/json/stream.js';
import { effectOf, type JsonStyle, writeJson } from '../../../src/diagnosis/json/write.js';

const styles: readonly JsonStyle[] = [
  ...[dotnetStyles, goMapStyles, gsonStyles, htmlSafeStyles, jacksonPrettyStyles, javaStyles],
  ...[phpStyles, pythonCompactStyles, pythonStyles, rubyStyles, Object.values(prettyStyles).flat()],
  [javascriptStyle, plainStyle, verbatimStyle],
].flat();

const character = fc.constantFrom(
  ...['a', '/', '<', '&', "'", '"', '\\', 'é', '€', '😀', '\u2028', '\x7f', '\n', '\b', '\x01'],
);
const string = fc.string({ unit: character, maxLength: 8 });
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.integer(),
    fc.double(),
    string,
    fc.constant(null),
    tie('list'),
    tie('map'),
  ),
  list: fc.array(tie('any'), { maxLength: 4 }),
  map: fc.dictionary(string, tie('any'), { maxKeys: 5 }),
})).any;
/** JSON compact, spaced and indented, raw and escaped. */
const json = fc
  .tuple(value, fc.constantFrom('', ' ', '\t'), fc.boolean())
  .map(([any, indent, isEscaped]) => {
    const text = JSON.stringify(any, undefined, indent);
    return isEscaped ? text.replace(/[^ -~\n\t]/gu, (one) => escaped(one)) : text;
  });

function escaped(one: string): string {
  return [...new Array(one.length).keys()]
    .map((at) => `\\u${one.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
}

function sourceOf(bytes: Buffer) {
  return jsonSource(() => bytes.toString('latin1'));
}

function write(text: string, style: JsonStyle): string {
  return writeJson(sourceOf(Buffer.from(text)), style).toString();
}

describe('writing JSON anew', () => {
  it('makes what JSON.stringify makes in the style of JavaScript', () => {
    fc.assert(
      fc.property(json, (text) => {
        fc.pre(!/"(0|[1-9]\d*)"\s*:|"__proto__"/.test(text) && /^[[{]/.test(text));
        expect(write(text, javascriptStyle)).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 500, seed: 11 },
    );
  });

  it('makes the same bytes in one pass as in two', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(...styles), (text, style) => {
        const bytes = Buffer.from(text);
        const streamed = Buffer.from(streamJson(bytes, bytes.toString('latin1'), style));
        expect(streamed.toString()).toBe(writeJson(sourceOf(bytes), style).toString());
      }),
      { numRuns: 1500, seed: 12 },
    );
  });

  it('makes the same bytes in one pass of what is not JSON', () => {
    const bytesOrBrackets = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .string({ unit: fc.constantFrom(...'{}[]:,"\\u0d8e -1.5'), maxLength: 40 })
        .map(Buffer.from),
    );
    fc.assert(
      fc.property(bytesOrBrackets, fc.constantFrom(...styles), (random, style) => {
        const bytes = Buffer.from(random);
        writeJson(sourceOf(bytes), style);
        streamJson(bytes, bytes.toString('latin1'), style);
      }),
      { numRuns: 1000, seed: 13 },
    );
  });

  it('gives styles of one effect the same bytes', () => {
    fc.assert(
      fc.property(json, (text) => {
        fc.pre(/^[[{]/.test(text));
        const source = sourceOf(Buffer.from(text));
        const bytesByEffect = new Map<string, string>();
        for (const style of styles) {
          const bytes = writeJson(source, style).toString('latin1');
          const effect = effectOf(source, style);
          expect(bytesByEffect.get(effect) ?? bytes).toBe(bytes);
          bytesByEffect.set(effect, bytes);
        }
      }),
      { numRuns: 300, seed: 14 },
    );
  });

  it('changes white space alone when nothing else is asked for', () => {
    expect(write('{ "a" : 1.50,\r\n\t"b":[ ], "c":"\\u00e9 \\/ é" }', verbatimStyle)).toBe(
      '{"a":1.50,"b":[],"c":"\\u00e9 \\/ é"}',
    );
  });

  it('indents as Jackson does', () => {
    const [jackson] = jacksonPrettyStyles;
    const expected = '{\n  "a" : [ 1, {\n    "b" : { }\n  } ],\n  "c" : [ ]\n}';
    expect(jackson && write('{"a":[1,{"b":{}}],"c":[]}', jackson)).toBe(expected);
  });

  it('puts lone surrogates back as escapes', () => {
    expect(write('{"a":"\\uD800x\\ud83d\\ude00"}', plainStyle)).toBe('{"a":"\\ud800x😀"}');
  });
});
