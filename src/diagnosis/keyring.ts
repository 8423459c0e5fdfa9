import { createSigner, type Signer } from '../webhook/digest.js';
import { Secret } from '../webhook/secret.js';
import type { DiagnosisOptions } from './diagnosis.js';
import type { Sighting } from './mistake.js';
import { secretMistakes } from './secret/catalogue.js';

/** A key to try, and how it came to be taken for the secret. */
export interface Key {
  readonly bytes: Uint8Array;
  /** Undefined for the given secrets. */
  readonly sighting: Sighting | undefined;
  /** Whether it is tried together with mistakes of the body. */
  readonly isInPairs: boolean;
  /** HMAC-SHA1 with this key. */
  readonly sign: Signer;
}

export interface Keyring {
  /** The secrets as given, at least one key. */
  readonly given: readonly [Key, ...Key[]];
  /** Every other key, likeliest first. */
  readonly wrong: readonly Key[];
}

/** Works the keys out once: they are the same for every entry. */
export function createKeyring(options: DiagnosisOptions): Keyring {
  const keys = options.secrets.map(bytesOf);
  const [first = Buffer.alloc(0), ...rest] = keys;
  return {
    given: [givenKey(first), ...rest.map(givenKey)],
    wrong: wrongKeys(options, keys),
  };
}

function givenKey(bytes: Uint8Array): Key {
  return { bytes, sighting: undefined, isInPairs: false, sign: lazySigner(bytes) };
}

function wrongKeys(options: DiagnosisOptions, keys: readonly Buffer[]): readonly Key[] {
  const alsoKeys = (options.alsoSecrets ?? []).map(bytesOf);
  const given = { keys, alsoKeys, names: options.secretNames ?? [] };
  const wrong = new Map<string, Key>();
  for (const mistake of secretMistakes) {
    let room = mistake.keysInPairs ?? Number.POSITIVE_INFINITY;
    for (const { key: bytes, note } of mistake.keys(given)) {
      const text = Buffer.from(bytes).toString('latin1');
      if (wrong.has(text) || keys[0]?.equals(bytes)) continue;
      const isInPairs = room > 0 && !keys.some((key) => key.equals(bytes));
      const sighting = { mistake, note };
      wrong.set(text, { bytes, sighting, isInPairs, sign: lazySigner(bytes) });
      room -= 1;
    }
  }
  return [...wrong.values()];
}

function lazySigner(key: Uint8Array): Signer {
  let signer: Signer | undefined;
  return (body) => {
    signer ??= createSigner(Secret.fromBytes(key));
    return signer(body);
  };
}

function bytesOf(secret: Secret): Buffer {
  return Buffer.from(secret.reveal());
}
