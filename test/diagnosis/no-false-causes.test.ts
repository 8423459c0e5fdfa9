import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { sign } from '../../src/webhook/digest.js';
import { Secret } from '../../src/webhook/secret.js';

const SECRET = Secret.fromText('kHw3Zq9TnB1x');
const OPTIONS = { secrets: [SECRET], alsoSecrets: [Secret.fromText('token')] };

const json = fc.json({ maxDepth: 3 }).map((text) => Buffer.from(text));
const bytes = fc.uint8Array({ maxLength: 200 });
const bodies = fc.oneof(json, json.map(pretty), bytes);
const bytesOfDigests = fc.constantFrom(16, 20, 32, 48, 64).chain((length) => randomBytes(length));
const digests = fc.oneof(
  randomBytes(20).map((digest) => digest.toString('hex')),
  bytesOfDigests.map((digest) => digest.toString('hex')),
  bytesOfDigests.map((digest) => digest.toString('hex').toUpperCase()),
  bytesOfDigests.map((digest) => digest.toString('base64')),
  bytesOfDigests.map((digest) => digest.toString('base64url')),
  fc
    .tuple(randomBytes(20), fc.integer({ min: 16, max: 39 }))
    .map(([digest, length]) => digest.toString('hex').slice(0, length)),
  randomBytes(20).map((digest) => `sha1=${digest.toString('hex')}`),
);

it('never explains a digest that was drawn at random', () => {
  const neverExplained = fc.property(bodies, digests, (body, digest) => {
    expect(diagnose({ body, digest }, OPTIONS).cause).toBeUndefined();
  });
  fc.assert(neverExplained, { seed: 7, numRuns: 120 });
});

it('never explains a random digest by its neighbours or headers either', () => {
  const neverExplained = fc.property(bodies, bodies, digests, (body, other, digest) => {
    const headers = [
      ['X-Payload-Digest-Alg', 'HMAC_SHA256_HEX'],
      ['X-Salt', '1714557600000'],
      ['Content-Length', '12'],
    ] as const;
    const neighbours = [
      { position: 'previous', body: other, digest },
      { position: 'next', body: other },
    ] as const;
    expect(diagnose({ body, digest, headers, neighbours }, OPTIONS).cause).toBeUndefined();
  });
  fc.assert(neverExplained, { seed: 8, numRuns: 60 });
});

it('takes fewer than 16 hexadecimal characters for no part of a digest', () => {
  const neverCounts = fc.property(bodies, fc.integer({ min: 0, max: 15 }), (body, length) => {
    const start = sign(body, SECRET).slice(0, length);
    for (const digest of [start, start.toUpperCase(), `sha1=${start}`, `"${start}"`]) {
      expect(diagnose({ body, digest }, OPTIONS).cause).toBeUndefined();
    }
  });
  fc.assert(neverCounts, { seed: 9, numRuns: 60 });
});

it('takes 16 hexadecimal characters or more for a digest that was cut', () => {
  const alwaysCounts = fc.property(bodies, fc.integer({ min: 16, max: 39 }), (body, length) => {
    const digest = sign(body, SECRET).slice(0, length);
    expect(diagnose({ body, digest }, OPTIONS).cause?.id).toBe('digest/truncated');
  });
  fc.assert(alwaysCounts, { seed: 10, numRuns: 60 });
});

it('never throws, whatever the bytes, the digest and the secret are', () => {
  const texts = fc.string({ unit: 'binary', maxLength: 100 });
  const secrets = fc.array(bytes.map(Secret.fromBytes), { maxLength: 3 });
  const neverThrows = fc.property(bytes, texts, secrets, texts, (body, digest, given, value) => {
    const headers = [
      ['Content-Length', value],
      ['X-Payload-Digest-Alg', value],
    ] as const;
    const neighbours = [{ position: 'next', body: Buffer.from(value), digest }] as const;
    const options = { secrets: given, alsoSecrets: given, secretNames: [value] };
    const { tried } = diagnose({ body, digest, headers, neighbours }, options);
    expect(tried).toBeLessThanOrEqual(4000);
  });
  fc.assert(neverThrows, { seed: 11, numRuns: 150 });
});

it.each([
  ['deeply nested JSON', '['.repeat(50_000)],
  ['deeply nested objects', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  ['escapes that end too early', '{"a":"\\u12'],
  ['surrogates without their other half', '{"a":"\\ud800","b":"\\udc00"}'],
  ['numbers beyond measure', `[1e999,-1e999,${'9'.repeat(400)},0.${'0'.repeat(400)}1]`],
  ['chunk sizes without an end', 'ffffffff\r\n{}'],
  ['gzip that is none', '\x1f\x8b\x08'],
  ['percent signs that decode to nothing', '%7B%ff%zz%'],
])('lives with %s', (_, text) => {
  const entry = { body: Buffer.from(text, 'latin1'), digest: 'a'.repeat(40) };
  expect(diagnose(entry, OPTIONS).cause).toBeUndefined();
});

function randomBytes(length: number) {
  return fc.uint8Array({ minLength: length, maxLength: length }).map((drawn) => Buffer.from(drawn));
}

function pretty(text: Buffer): Buffer {
  return Buffer.from(JSON.stringify(JSON.parse(text.toString()), undefined, 2));
}
