import { createHmac, timingSafeEqual } from 'node:crypto';

/** The digest Inqud sends: HMAC-SHA1 of the raw bytes, lower-case hexadecimal. */
export function digestOf(body: Uint8Array, secret: string): string {
  return createHmac('sha1', secret).update(body).digest('hex');
}

/**
 * True when every digest that came is the right one, and at least one came. Compares in constant
 * time.
 */
export function isGenuine(digests: readonly string[], body: Uint8Array, secret: string): boolean {
  const expected = digestOf(body, secret);
  return digests.length > 0 && digests.every((digest) => sameText(digest, expected));
}

function sameText(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
