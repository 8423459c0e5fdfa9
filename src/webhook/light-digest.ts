import type { Signer } from './digest.js';
import type { Secret } from './secret.js';

/**
 * A signer for a few kilobytes where nobody wants to wait for node:crypto, which takes longer to load
 * than a small web hook to check. Take from it that a digest fits, for none fits by mistake; that one
 * does not is for `createSigner` to say.
 *
 * HMAC is RFC 2104, SHA-1 is RFC 3174.
 */
export function createLightSigner(secret: Secret): Signer {
  const key = secret.reveal();
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? sha1(key) : key);
  const inner = block.map((byte) => byte ^ 0x36);
  const outer = block.map((byte) => byte ^ 0x5c);
  return (body) => Buffer.from(sha1(joined(outer, sha1(joined(inner, body))))).toString('hex');
}

const BLOCK_BYTES = 64;
const LENGTH_BYTES = 8;

/** What the message is mixed with in each quarter of the rounds. */
const ROUND_CONSTANTS = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6] as const;
const ROUNDS = 80;

function sha1(message: Uint8Array): Uint8Array {
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = new Int32Array(ROUNDS);
  const data = padded(message);
  for (let at = 0; at < data.byteLength; at += BLOCK_BYTES) mix(state, words, data, at);
  const digest = new DataView(new ArrayBuffer(state.byteLength));
  state.forEach((word, index) => {
    digest.setInt32(4 * index, word);
  });
  return new Uint8Array(digest.buffer);
}

/** Whole blocks: the message, one bit, zeros, and the length of the message in bits. */
function padded(message: Uint8Array): DataView {
  const blocks = Math.ceil((message.length + 1 + LENGTH_BYTES) / BLOCK_BYTES);
  const bytes = new Uint8Array(blocks * BLOCK_BYTES);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const data = new DataView(bytes.buffer);
  data.setBigUint64(bytes.length - LENGTH_BYTES, BigInt(message.length) * 8n);
  return data;
}

function mix(state: Int32Array, words: Int32Array, data: DataView, start: number): void {
  spread(words, data, start);
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let round = 0; round < ROUNDS; round += 1) {
    const quarter = Math.floor(round / 20);
    const constant = ROUND_CONSTANTS[quarter] ?? 0;
    const next = rotated(a, 5) + choice(quarter, b, c, d) + e + constant + word(words, round);
    e = d;
    d = c;
    c = rotated(b, 30);
    b = a;
    a = next | 0;
  }
  for (const [index, value] of [a, b, c, d, e].entries()) {
    state[index] = word(state, index) + value;
  }
}

/** The sixteen words of the block, and a word for each round after them. */
function spread(words: Int32Array, data: DataView, start: number): void {
  for (let round = 0; round < ROUNDS; round += 1) {
    words[round] = round < 16 ? data.getInt32(start + 4 * round) : mixedBefore(words, round);
  }
}

function mixedBefore(words: Int32Array, round: number): number {
  const near = word(words, round - 3) ^ word(words, round - 8);
  const far = word(words, round - 14) ^ word(words, round - 16);
  return rotated(near ^ far, 1);
}

function choice(quarter: number, b: number, c: number, d: number): number {
  if (quarter === 0) return (b & c) | (~b & d);
  return quarter === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
}

function word(words: Int32Array, index: number): number {
  return words[index] ?? 0;
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function joined(start: Uint8Array, end: Uint8Array): Uint8Array {
  const all = new Uint8Array(start.length + end.length);
  all.set(start);
  all.set(end, start.length);
  return all;
}
