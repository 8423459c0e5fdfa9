import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureEntry } from '../../src/capture/record.js';
import { CAPTURE_FORMATS } from '../../src/capture/registry.js';
import { fixture, read } from './fixtures.js';

const FILES = [
  'captures.ndjson',
  'proxy.http',
  'netcat.http',
  'browser.har',
  'replay.sh',
  'api-gateway-v1.json',
  'api-gateway-v2.json',
  'load-balancer.json',
  'lambda.log',
  'ngrok.json',
  'webhook-site.json',
  'webhook-site.csv',
  'application.jsonl',
  'checkout-success.json',
];

interface Damage {
  readonly at: number;
  readonly drop: number;
  readonly add: Uint8Array;
}

const TOKENS = [
  '"',
  "'",
  '\\',
  '{',
  '}',
  '[',
  '\n',
  '\r\n',
  '0',
  '$',
  '$(',
  '`',
  ';',
  '<<A',
  'curl -d ',
];
const damages = fc.array(
  fc.record<Damage>({
    at: fc.nat(10_000),
    drop: fc.oneof(fc.nat(4), fc.nat(3000)),
    add: fc.oneof(
      fc.constantFrom(...TOKENS).map((token) => Buffer.from(token)),
      fc.uint8Array({ maxLength: 4 }),
    ),
  }),
  { maxLength: 4 },
);
const chunkSizes = fc.array(fc.oneof(fc.nat(3), fc.nat(2000)), { maxLength: 8 });
const format = fc.option(fc.constantFrom(...CAPTURE_FORMATS), { nil: undefined });
const fields = { bodyField: 'request.body', digestField: 'request.headers.x-payload-digest' };
const content = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom(...FILES.map(fixture)), damages).map(damage) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)) },
);

describe('whatever a file holds', () => {
  it('is read to its end, the same however it comes in chunks', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(content, chunkSizes, format, async (bytes, sizes, from) => {
        const options = { format: from, ...(from === 'json-lines' ? fields : {}) };
        const whole = await read(bytes, options);
        whole.forEach(expectWellFormed);
        expect((await read(bytes, options, sizes)).map(asText)).toEqual(whole.map(asText));
      }),
      { seed: 1, numRuns: 1000, interruptAfterTimeLimit: 30_000, markInterruptAsFailure: true },
    );
  });
});

function damage([file, changes]: [Buffer, readonly Damage[]]): Buffer {
  return changes.reduce((bytes, { at, drop, add }) => {
    const start = at % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, start), add, bytes.subarray(start + drop)]);
  }, file);
}

function asText(entry: CaptureEntry): object {
  if (entry.kind === 'malformed') return entry;
  const { body, ...rest } = entry.record;
  return { ...entry, record: { ...rest, body: Buffer.from(body).toString('latin1') } };
}

function expectWellFormed(entry: CaptureEntry): void {
  expect(entry.at.file).toBe('given');
  if (entry.kind === 'malformed') {
    expect(entry.reason).toMatch(/^[A-Z].*\.$/s);
    return;
  }
  expect(entry.record.body).toBeInstanceOf(Uint8Array);
  expect(entry.record.headers.flat().every((text) => typeof text === 'string')).toBe(true);
}
