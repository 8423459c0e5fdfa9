import { createHmac, hash } from 'node:crypto';
import { DIGEST_BYTES, DIGEST_ENCODING, DIGEST_HASH } from './scheme.js';
import type { Secret } from './secret.js';

/** Gives the digest of one body: 40 lower-case hexadecimal characters. */
export type Signer = (body: Uint8Array) => string;

const BLOCK_BYTES = 64;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;
const ONE_SHOT_MAX_BYTES = 64 * 1024;

/** HMAC-SHA1 over the exact bytes of the body, in lower-case hexadecimal, as Inqud computes it. */
export function sign(body: Uint8Array, secret: Secret): string {
  return createSigner(secret)(body);
}

/**
 * A signer that prepares the key once. HMAC is written out as its two hashes because two one-shot
 * hashes cost about half of what `createHmac` costs for bodies of web hook size. For large bodies
 * that gain is nothing, and the copy they need would be kept for ever.
 */
export function createSigner(secret: Secret): Signer {
  const oneShot = oneShotSigner(secret);
  return (body) =>
    body.length > ONE_SHOT_MAX_BYTES
      ? createHmac(DIGEST_HASH, secret.reveal()).update(body).digest(DIGEST_ENCODING)
      : oneShot(body);
}

const WELL_FORMED = /^[0-9a-f]{40}$/i;
const SHOWN_CHARACTERS = 4;

/**
 * A value of the digest header as a report may show it. What is no digest may be anything, a secret
 * or a script that holds one too: of that only the length and the start are shown, and of what a
 * shell would compute nothing.
 */
export function shownDigest(value: string): string {
  if (WELL_FORMED.test(value) || value === '') return value;
  if (/[`$]/.test(value)) return '(computed by a script)';
  const noun = value.length === 1 ? 'character' : 'characters';
  const start = value.length > 2 * SHOWN_CHARACTERS ? `: ${value.slice(0, SHOWN_CHARACTERS)}…` : '';
  return `(${value.length} ${noun}${start})`;
}

function oneShotSigner(secret: Secret): Signer {
  const key = blockKey(secret.reveal());
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);
  outer.set(padded(key, OUTER_PAD));
  const innerPad = padded(key, INNER_PAD);
  let inner = Buffer.alloc(0);
  return (body) => {
    const innerBytes = BLOCK_BYTES + body.length;
    if (inner.length < innerBytes) {
      inner = Buffer.alloc(Math.max(innerBytes, 2048));
      inner.set(innerPad);
    }
    inner.set(body, BLOCK_BYTES);
    // As text, because making a Buffer of 20 bytes costs more than decoding them.
    outer.write(hash(DIGEST_HASH, inner.subarray(0, innerBytes), 'binary'), BLOCK_BYTES, 'binary');
    return hash(DIGEST_HASH, outer, DIGEST_ENCODING);
  };
}

function blockKey(key: Uint8Array): Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? hash(DIGEST_HASH, key, 'buffer') : key);
  return block;
}

function padded(key: Uint8Array, pad: number): Uint8Array {
  return key.map((byte) => byte ^ pad);
}
