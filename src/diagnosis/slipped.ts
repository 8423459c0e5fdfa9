import { anotherEntry } from './body/neighbours.js';
import type { DiagnosisInput } from './diagnosis.js';
import type { Keyring } from './keyring.js';
import type { Sighting } from './mistake.js';

/**
 * Tells when the digest of this body stands with a neighbour. A neighbour with the same body is a
 * repeated delivery, which has this digest by right.
 */
export function slippedDigest(
  { body, neighbours = [] }: DiagnosisInput,
  keyring: Keyring,
): Sighting | undefined {
  const strangers = neighbours.filter((neighbour) => !Buffer.from(body).equals(neighbour.body));
  for (const { digest, position } of strangers) {
    if (digest === undefined || digest.length !== DIGEST_CHARACTERS) continue;
    if (keyring.given.some((key) => key.sign(body) === digest.toLowerCase())) {
      return {
        mistake: anotherEntry,
        note: `the digest of this body stands with the ${position} one`,
      };
    }
  }
  return undefined;
}

const DIGEST_CHARACTERS = 40;
