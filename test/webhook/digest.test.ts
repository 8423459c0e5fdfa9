import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSigner } from '../../src/webhook/digest.js';
import { digestsMatch } from '../../src/webhook/digests-match.js';
import { createLightSigner } from '../../src/webhook/light-digest.js';
import { DIGEST_HEADER } from '../../src/webhook/scheme.js';
import { Secret } from '../../src/webhook/secret.js';
import { readVectors } from './vectors.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const theirs = (body: Uint8Array, key: Uint8Array) =>
  createHmac('sha1', key).update(body).digest('hex');

describe.each([
  ['a digest', createSigner],
  ['a digest without node:crypto', createLightSigner],
])('%s', (_what, signerOf) => {
  const sign = (body: Uint8Array, secret: Secret) => signerOf(secret)(body);

  it('is the one Inqud publishes', () => {
    expect(DIGEST_HEADER).toBe('X-Payload-Digest');
    expect(sign(bytes('{"field":"value"}'), Secret.fromText('secret_value'))).toBe(
      '7e36242a10fd65cbaacd7ff288df9fd3f9e75a46',
    );
  });

  it.each(readVectors().filter(({ accepted }) => accepted))(
    'is the one of the vector $id',
    ({ body, secret, digest }) => {
      expect(sign(body, secret)).toBe(digest);
    },
  );

  it('agrees with HMAC-SHA1 of Node for any body and any secret', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 3000 }),
        fc.uint8Array({ maxLength: 150 }),
        (body, key) => {
          expect(sign(body, Secret.fromBytes(key))).toBe(theirs(body, key));
        },
      ),
    );
  });

  it('agrees for bodies of growing, shrinking and very large sizes by one signer', () => {
    const key = bytes('a secret');
    const signer = signerOf(Secret.fromBytes(key));
    for (const size of [10, 5000, 0, 65_535, 65_536, 65_537, 1, 300_000, 2048]) {
      const body = new Uint8Array(size).fill(size % 251);
      expect(signer(body)).toBe(theirs(body, key));
    }
  });
});

describe('two digests', () => {
  it.each([
    ['abc', 'abc', true],
    ['abc', 'abd', false],
    ['abc', 'ABC', false],
    ['ab', 'abc', false],
    ['abc', 'ab', false],
    ['', '', true],
    ['', 'a', false],
  ])('%j and %j match: %j', (given, expected, match) => {
    expect(digestsMatch(given, expected)).toBe(match);
  });
});
