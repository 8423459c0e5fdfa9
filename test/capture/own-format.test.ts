import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCapture, parseCaptureLine } from '../../src/capture/own-format.js';
import type { CaptureRecord } from '../../src/capture/record.js';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const captureWith = (fields: object) =>
  bytes(
    JSON.stringify({
      kind: 'capture',
      schemaVersion: 1,
      headers: [],
      body: '',
      ...fields,
    }),
  );

const signed: CaptureRecord = {
  at: '2026-01-01T00:00:00.000Z',
  remote: '127.0.0.1:51234',
  method: 'POST',
  path: '/webhooks/inqud',
  headers: [
    ['Host', 'localhost:3000'],
    ['X-Payload-Digest', '7e36242a10fd65cbaacd7ff288df9fd3f9e75a46'],
  ],
  body: bytes('{"field":"value"}'),
};

const signedLine =
  '{"kind":"capture","schemaVersion":1,"at":"2026-01-01T00:00:00.000Z","remote":"127.0.0.1:51234",' +
  '"method":"POST","path":"/webhooks/inqud","headers":[["Host","localhost:3000"],' +
  '["X-Payload-Digest","7e36242a10fd65cbaacd7ff288df9fd3f9e75a46"]],"body":"{\\"field\\":\\"value\\"}"}';

describe('the capture format', () => {
  it('writes one line a request, headers in order and the body as text', () => {
    expect(formatCapture(signed)).toBe(signedLine);
  });

  it('writes a body that is no UTF-8 as base64', () => {
    const line = formatCapture({
      headers: [],
      body: Uint8Array.of(0xff, 0x00, 0x80),
    });
    expect(line).toBe('{"kind":"capture","schemaVersion":1,"headers":[],"bodyBase64":"/wCA"}');
  });

  it('keeps a byte order mark and line endings of the body', () => {
    const body = bytes('\ufeff{"a":1}\r\n\u2028\n');
    const line = formatCapture({ headers: [], body });
    expect(line).not.toContain('\n');
    expect(parseCaptureLine(bytes(line))).toEqual({
      kind: 'capture',
      record: { headers: [], body },
    });
  });

  it('reads what it wrote', () => {
    expect(parseCaptureLine(bytes(signedLine))).toEqual({
      kind: 'capture',
      record: signed,
    });
  });

  it('gives back every body and every header byte', () => {
    const headerText = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    });
    const record = fc.record({
      headers: fc.array(fc.tuple(headerText, headerText)),
      body: fc
        .oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'binary' }).map(bytes))
        .map((body) => Buffer.from(body)),
    });
    fc.assert(
      fc.property(record, (given) => {
        const line = formatCapture(given);
        expect(line).not.toMatch(/[\r\n]/);
        expect(parseCaptureLine(bytes(line))).toEqual({
          kind: 'capture',
          record: given,
        });
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('ignores keys it does not know', () => {
    expect(parseCaptureLine(captureWith({ verdict: { kind: 'genuine' }, body: 'x' }))).toEqual({
      kind: 'capture',
      record: { headers: [], body: bytes('x') },
    });
  });

  it('skips records of another kind', () => {
    expect(parseCaptureLine(bytes('{"kind":"ready","schemaVersion":1,"url":"x"}'))).toEqual({
      kind: 'skipped',
    });
  });

  it.each([
    [
      '{"kind":"capture","schemaVersion":2}',
      'The capture has schemaVersion 2; this version of inqud-hook reads 1.',
    ],
    [
      '{"kind":"capture","headers":[],"body":""}',
      'The capture has no schemaVersion, which must be 1.',
    ],
    ['{"kind":"capture","schemaVersion":1,', 'The line is not valid JSON.'],
    ['["capture"]', 'The line is no JSON object.'],
    ['{"body":"x"}', 'The line has no "kind".'],
    [
      '{"kind":"capture","schemaVersion":1,"headers":[["a"]],"body":""}',
      'The headers of the capture are no list of [name, value] pairs.',
    ],
    [
      '{"kind":"capture","schemaVersion":1,"headers":[]}',
      'The capture has neither "body" nor "bodyBase64" as text.',
    ],
    [
      '{"kind":"capture","schemaVersion":1,"headers":[],"body":"","bodyBase64":""}',
      'The capture has both "body" and "bodyBase64".',
    ],
    [
      '{"kind":"capture","schemaVersion":1,"headers":[],"body":"\\ud83d"}',
      'The body holds half a surrogate pair, which stands for no bytes.',
    ],
    [
      '{"kind":"capture","schemaVersion":1,"headers":[],"bodyBase64":"a"}',
      'The body is said to be base64 and is not.',
    ],
    [
      '{"kind":"capture","schemaVersion":1,"path":7,"headers":[],"body":""}',
      'The "path" of the capture is no text.',
    ],
  ])('explains what is wrong with %s', (line, reason) => {
    expect(parseCaptureLine(bytes(line))).toEqual({
      kind: 'malformed',
      reason,
    });
  });

  it('refuses a line that is no UTF-8 instead of replacing bytes', () => {
    const line = Buffer.concat([bytes('{"kind":"capture'), Buffer.of(0xff), bytes('"}')]);
    expect(parseCaptureLine(line)).toEqual({
      kind: 'malformed',
      reason: 'The line is not valid UTF-8.',
    });
  });
});
