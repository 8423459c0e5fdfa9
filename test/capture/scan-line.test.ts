import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCapture, parseCaptureLine } from '../../src/capture/own-format.js';
import { createLineScanner, type ScannedLine } from '../../src/capture/scan-line.js';
import { headerValues } from '../../src/webhook/verdict.js';
import { fixture } from './fixtures.js';

const scanner = createLineScanner();

function scan(line: Uint8Array): object {
  const buffer = Buffer.concat([Buffer.from('}"'), line, Buffer.from('"}\n{')]);
  return comparable(scanner(buffer, 2, 2 + line.length));
}

function parse(line: Uint8Array): object {
  const parsed = parseCaptureLine(line);
  if (parsed.kind !== 'capture') return parsed;
  const { headers, body } = parsed.record;
  const digests = headerValues(headers, 'X-Payload-Digest');
  return comparable({ kind: 'capture', digests, body });
}

function comparable(line: ScannedLine): object {
  return line.kind === 'capture'
    ? { ...line, body: Buffer.from(line.body).toString('latin1') }
    : line;
}

const bytes = (text: string) => Buffer.from(text, 'utf8');
const bodyOf = (text: string) => bytes(text).toString('latin1');

describe('scanning a line', () => {
  it('finds digest and body', () => {
    const line = bytes(
      '{"kind":"capture","schemaVersion":1,"headers":[["Host","a"],["x-payload-digest","ab"],' +
        '["X-PAYLOAD-DIGEST","cd"]],"body":"{\\"é\\":\\"\\\\\\"\\/\\n\\"}"}',
    );
    expect(scan(line)).toEqual({
      kind: 'capture',
      digests: ['ab', 'cd'],
      body: bodyOf('{"é":"\\"/\n"}'),
    });
  });

  it('is not taken in by a body that looks like a capture', () => {
    const body = bytes('","body":"x","headers":[["X-Payload-Digest","ff"]],"kind":"other"}');
    const line = formatCapture({ headers: [['X-Payload-Digest', 'ab']], body });
    expect(scan(bytes(line))).toEqual({
      kind: 'capture',
      digests: ['ab'],
      body: body.toString('latin1'),
    });
  });

  it('grows with the lines and gives every body its own bytes back', () => {
    const long = 'x'.repeat(300_000);
    const capture = (body: string) => bytes(formatCapture({ headers: [], body: bytes(body) }));
    expect(scan(capture(long))).toEqual({ kind: 'capture', digests: [], body: long });
    expect(scan(capture('short'))).toEqual({ kind: 'capture', digests: [], body: 'short' });
  });

  it.each([
    '{}',
    '',
    '{"kind":"ready"}',
    '{"kind":"capture","schemaVersion":2}',
    ' {"kind" : "capture", "schemaVersion" :1 ,"headers": [ [ "a" , "b" ] ] , "body" : "x" }\r',
    '{"kind":"capture","schemaVersion":1.0,"headers":[],"body":"x"}',
    '{"kind":"capture","schemaVersion":1,"headers":[],"body":"x"} x',
    '{"kind":"capture","schemaVersion":1,"headers":[],"body":"x","body":"y"}',
    '{"kind":"capture","schemaVersion":1,"headers":[],"body":"x","bodyBase64":"eA=="}',
    '{"kind":"capture","schemaVersion":1,"headers":[],"bodyBase64":"/+8="}',
    '{"kind":"capture","schemaVersion":1,"headers":[],"bodyBase64":"\\/+8="}',
    '{"kind":"capture","schemaVersion":1,"headers":[["X-Payload-Diges\\u0074","b"]],"body":""}',
    '{"kind":"capture","schemaVersion":1,"headers":[["X-Payload-Digest","\\u0061"]],"body":""}',
    '{"kind":"capture","schemaVersion":1,"headers":[["X-Payload-Digest","a","b"]],"body":""}',
    '{"kind":"capture","schemaVersion":1,"headers":[],"bod\\u0079":"x"}',
    '{"kind":"capture","schemaVersion":1,"headers":[],"body":"\\u00e9\\ud83d\\ude00\\u0000"}',
    '{"kind":"capture","schemaVersion":1,"headers":[],"body":"\\ud83d"}',
    '{"kind":"capture","schemaVersion":1,"headers":[],"body":"\\x"}',
    '{"kind":"capture","schemaVersion":1,"headers":[],"body":"\t"}',
    '{"kind":"capture","schemaVersion":1,"headers":[],"body":"x',
    '{"kind":"capture","schemaVersion":1,"at":7,"headers":[],"body":""}',
    '{"kind":"capture","schemaVersion":1,"headers":[],"body":"x","verdict":{"a":[1,-0,"\\"",{}]},"n":null}',
    '{"kind":"capture","schemaVersion":1,"headers":[],"body":"x","verdict":{"a":01}}',
    '{"kind":"capture","schemaVersion":1,"headers":[],"body":"x","verdict":[1,]}',
    '{"kind":"capture","schemaVersion":1,"headers":[],"body":"x","verdict":1.5e3,"é":"é"}',
    `{"kind":"capture","schemaVersion":1,"headers":[],"body":"x","v":${'['.repeat(30)}${']'.repeat(30)}}`,
    '{"kind":"capture","schemaVersion":1,"headers":[],"body":"x",}',
    '{"__proto__":"x","kind":"capture","schemaVersion":1,"headers":[],"body":"x"}',
  ])('agrees with the parser about %s', (line) => {
    expect(scan(bytes(line))).toEqual(parse(bytes(line)));
  });

  it('agrees with the parser about every line, however it is damaged', () => {
    fc.assert(
      fc.property(fc.constantFrom(...seeds()), edits, (line, changes) => {
        const damaged = changes.reduce(applyEdit, line);
        expect(scan(damaged)).toEqual(parse(damaged));
      }),
      { seed: 1, numRuns: 4000 },
    );
  });

  it('agrees with the parser about captures of any content', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }));
    const name = fc.oneof(fc.constantFrom('X-Payload-Digest', 'x-payload-digest', 'Host'), text);
    const body = fc.oneof(fc.uint8Array(), text.map(bytes));
    const line = fc
      .record({ headers: fc.array(fc.tuple(name, text), { maxLength: 4 }), body })
      .map((record) => bytes(formatCapture(record)));
    fc.assert(
      fc.property(line, (given) => {
        expect(scan(given)).toEqual(parse(given));
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});

interface Edit {
  readonly at: number;
  readonly drop: number;
  readonly add: Uint8Array;
}

const TOKENS = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  ' ',
  '\n',
  '\\"',
  '\\u0041',
  '\\ud800',
  '1',
  '-',
  '0',
  'null',
  '"kind":',
  '"body":',
  '"bodyBase64":',
  '"headers":[]',
  '"X-Payload-Digest"',
  'é',
  '',
].map(bytes);

const edits = fc.array(
  fc.record<Edit>({
    at: fc.nat(2000),
    drop: fc.nat(3),
    add: fc.oneof(fc.constantFrom(...TOKENS), fc.uint8Array({ maxLength: 2 })),
  }),
  { maxLength: 3 },
);

function applyEdit(line: Buffer, { at, drop, add }: Edit): Buffer {
  const start = at % (line.length + 1);
  return Buffer.concat([line.subarray(0, start), add, line.subarray(start + drop)]);
}

function seeds(): readonly Buffer[] {
  const lines = fixture('captures.ndjson').toString('utf8').split('\n');
  const small =
    '{"kind":"capture","schemaVersion":1,"v":{"a":[1,"b"]},"at":"t","headers":[["X-Payload-Digest","ab"]],"body":"{\\"a\\":1}"}';
  const encoded = '{"kind":"capture","schemaVersion":1,"headers":[],"bodyBase64":"eyJ9"}';
  return [...lines, small, small, small, encoded, encoded].map(bytes);
}
