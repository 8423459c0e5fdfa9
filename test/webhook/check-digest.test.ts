import { describe, expect, it } from 'vitest';
import { checkDigest } from '../../src/webhook/check-digest.js';
import { Secret } from '../../src/webhook/secret.js';
import { readVectors } from './vectors.js';

const BODY = new TextEncoder().encode('{"field":"value"}');
const DIGEST = '7e36242a10fd65cbaacd7ff288df9fd3f9e75a46';
const SECRETS = [Secret.fromText('secret_value')];

function reasonFor(given: string, secrets = SECRETS): string {
  const verdict = checkDigest(BODY, given, secrets);
  if (verdict.kind !== 'rejected') throw new Error(`${given} is ${verdict.kind}`);
  return verdict.reason;
}

describe('the vectors', () => {
  const vectors = readVectors();

  it('have an id each, and a reason', () => {
    expect(new Set(vectors.map(({ id }) => id)).size).toBe(vectors.length);
    expect(vectors.filter(({ reason }) => !/^\S.*\.$/.test(reason))).toEqual([]);
  });

  it.each(vectors)('are judged alike: $id', ({ body, digest, secret, accepted }) => {
    const verdict = checkDigest(body, digest, [secret]);
    expect(verdict.kind).toBe(accepted ? 'genuine' : 'rejected');
  });
});

describe('checking a digest', () => {
  it('tells which of several secrets fits', () => {
    const secrets = ['new', 'secret_value', 'old'].map(Secret.fromText);
    expect(checkDigest(BODY, DIGEST, secrets)).toEqual({ kind: 'genuine', secret: 1 });
  });

  it.each([
    ['', 'The digest is empty.'],
    [` ${DIGEST}`, 'The digest has white space around it.'],
    [`${DIGEST}\n`, 'The digest has white space around it.'],
    [`sha1=${DIGEST}`, 'The digest starts with "sha1=", which Inqud does not write.'],
    [
      DIGEST.toUpperCase(),
      'The digest has upper-case letters; Inqud writes lower-case hexadecimal.',
    ],
    [DIGEST.slice(1), 'The digest has 39 hexadecimal characters; HMAC-SHA1 has 40.'],
    [`${DIGEST}0`, 'The digest has 41 hexadecimal characters; HMAC-SHA1 has 40.'],
    ['a', 'The digest has 1 hexadecimal character; HMAC-SHA1 has 40.'],
    [
      `${DIGEST}${DIGEST.slice(16)}`,
      'The digest has 64 hexadecimal characters, like SHA-256; HMAC-SHA1 has 40.',
    ],
    [
      Buffer.from(DIGEST, 'hex').toString('base64'),
      'The digest is base64; Inqud writes hexadecimal.',
    ],
    ['zz', 'The digest is not hexadecimal.'],
    ['é'.repeat(40), 'The digest is not hexadecimal.'],
    [
      '0000000000000000000000000000000000000000',
      'The digest is not the digest of this body under the given secret.',
    ],
  ])('says what is wrong with %j', (given, reason) => {
    expect(reasonFor(given)).toBe(reason);
  });

  it('says so when none of several secrets fits', () => {
    const secrets = ['new', 'old'].map(Secret.fromText);
    expect(reasonFor(DIGEST, secrets)).toBe(
      'The digest is not the digest of this body under any of the given secrets.',
    );
  });
});
