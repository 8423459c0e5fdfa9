import { createSigner } from './digest.js';
import { checkBy, type DigestCheck } from './digest-check.js';
import type { Secret } from './secret.js';
import type { Verdict } from './verdict.js';

/** Checks a digest as it came, without tidying it, against every secret in turn. */
export function checkDigest(body: Uint8Array, given: string, secrets: readonly Secret[]): Verdict {
  return createDigestCheck(secrets)(body, given);
}

/** A check that prepares the secrets once. */
export function createDigestCheck(secrets: readonly Secret[]): DigestCheck {
  return checkBy(secrets.map(createSigner));
}
