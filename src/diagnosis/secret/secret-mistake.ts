import type { Mistake } from '../mistake.js';

/** A way in which the key of the digest is not the secret that was given. */
export interface SecretMistake extends Mistake {
  /** How many of its keys are tried together with a mistake of the body: all unless told. */
  readonly keysInPairs?: number;
  /** The keys that may have been used instead, likeliest first. */
  readonly keys: (given: GivenSecrets) => Iterable<KeyCandidate>;
}

export interface KeyCandidate {
  readonly key: Uint8Array;
  /** Never says anything of a real secret. */
  readonly note?: string | undefined;
}

/** The keys of the secrets there are, and what else is known of them. */
export interface GivenSecrets {
  readonly keys: readonly Buffer[];
  readonly alsoKeys: readonly Buffer[];
  readonly names: readonly string[];
}

/** Every given key changed in each of these ways; a way that does not apply gives undefined. */
export function eachKey(
  ...ways: readonly ((text: string) => string | undefined)[]
): (given: GivenSecrets) => Iterable<KeyCandidate> {
  return function* keys(given) {
    for (const key of given.keys) {
      const text = key.toString();
      for (const way of ways) {
        const changed = way(text);
        if (changed !== undefined && changed !== text) yield { key: Buffer.from(changed) };
      }
    }
  };
}
