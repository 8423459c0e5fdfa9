import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineWriter } from '../../src/capture/line-writer.js';
import { formatCapture } from '../../src/capture/own-format.js';
import type { CaptureRecord } from '../../src/capture/record.js';

const textOf = (line: Uint8Array) => Buffer.from(line).toString();

test('writes a line with its newline', () => {
  const record: CaptureRecord = {
    at: '2026-01-01T00:00:00.000Z',
    remote: '127.0.0.1:51234',
    method: 'POST',
    path: '/hook?a="b"',
    headers: [['X-Payload-Digest', '7e36242a10fd65cbaacd7ff288df9fd3f9e75a46']],
    body: Buffer.from('{"field":"Zoë\\n\u0001"}\r\n'),
  };
  expect(textOf(createLineWriter()(record, { verdict: 'genuine' }))).toBe(
    '{"kind":"capture","schemaVersion":1,"at":"2026-01-01T00:00:00.000Z","remote":"127.0.0.1:51234",' +
      '"method":"POST","path":"/hook?a=\\"b\\"","verdict":"genuine","headers":[["X-Payload-Digest",' +
      '"7e36242a10fd65cbaacd7ff288df9fd3f9e75a46"]],"body":"{\\"field\\":\\"Zoë\\\\n\\u0001\\"}\\r\\n"}\n',
  );
});

test('writes what formatCapture writes, whatever the request holds', () => {
  const write = createLineWriter();
  const latin1 = fc.string({ unit: fc.integer({ max: 255 }).map((c) => String.fromCharCode(c)) });
  const text = fc.oneof(latin1, fc.string({ unit: 'binary' }));
  const record = fc.record<CaptureRecord>({
    at: fc.option(text, { nil: undefined }),
    remote: fc.option(text, { nil: undefined }),
    method: fc.option(text, { nil: undefined }),
    path: fc.option(text, { nil: undefined }),
    headers: fc.array(fc.tuple(text, text)),
    body: fc.oneof(
      fc.uint8Array(),
      text.map((body) => Buffer.from(body)),
    ),
  });
  const remarks = fc.option(
    fc.oneof(fc.record({ verdict: text }), fc.record({ redacted: fc.array(text) })),
    { nil: undefined },
  );
  fc.assert(
    fc.property(record, remarks, (request, remark) => {
      expect(textOf(write(request, remark))).toBe(`${formatCapture(request, remark)}\n`);
    }),
  );
});

test('writes bodies of every size', () => {
  const write = createLineWriter();
  for (const bytes of [0, 1, 20_000, 262_144, 262_145, 300_000]) {
    const record = { headers: [], body: Buffer.alloc(bytes, '\u0000"x') };
    expect(textOf(write(record))).toBe(`${formatCapture(record)}\n`);
  }
});
