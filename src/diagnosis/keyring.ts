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
  const given = [createKey(first), ...rest.map((key) => createKey(key))] as const;
  return {
    given: [given[0], ...given.slice(1)],
    wrong: wrongKeys(options, keys),
  };
}

function wrongKeys(options: DiagnosisOptions, keys: readonly Buffer[]): readonly Key[] {
  const alsoKeys = (options.alsoSecrets ?? []).map(bytesOf);
  const given = { keys, alsoKeys, names: options.secretNames ?? [] };
  const wrong = new Map<string, Key>();
  for (const mistake of secretMistakes) {
    for (const { key, note } of mistake.keys(given)) {
      const text = Buffer.from(key).toString('latin1');
      if (!wrong.has(text) && !keys[0]?.equals(key))
        wrong.set(text, createKey(key, { mistake, note }));
    }
  }
  return [...wrong.values()];
}

function createKey(bytes: Uint8Array, sighting?: Sighting): Key {
  let signer: Signer | undefined;
  return {
    bytes,
    sighting,
    sign: (body) => {
      signer ??= createSigner(Secret.fromBytes(bytes));
      return signer(body);
    },
  };
}

function bytesOf(secret: Secret): Buffer {
  return Buffer.from(secret.reveal());
}
