import { createSigner, type Signer } from '../webhook/digest.js';
import { Secret } from '../webhook/secret.js';
import type { DiagnosisOptions } from './diagnosis.js';
import type { Sighting } from './mistake.js';
import { secretMistakes } from './secret/catalogue.js';
import type { SecretMistake } from './secret/secret-mistake.js';

/** A key to try, and how it came to be taken for the secret. */
export interface Key {
  readonly bytes: Uint8Array;
  /** The mistakes that made it of a given secret; none for those. */
  readonly sightings: readonly Sighting[];
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
  /** Keys that take two mistakes with the secret. */
  readonly wrongTwice: () => readonly Key[];
}

/** Works the keys out once: they are the same for every entry. */
export function createKeyring(options: DiagnosisOptions): Keyring {
  const keys = options.secrets.map(bytesOf);
  const [first = Buffer.alloc(0), ...rest] = keys;
  const wrong = wrongKeys(options, keys);
  let twice: readonly Key[] | undefined;
  return {
    given: [givenKey(first), ...rest.map(givenKey)],
    wrong,
    wrongTwice: () => {
      twice ??= keysOfTwo(keys, new Set(wrong.map(({ bytes }) => textOf(bytes))));
      return twice;
    },
  };
}

function givenKey(bytes: Uint8Array): Key {
  return { bytes, sightings: [], isInPairs: false, sign: lazySigner(bytes) };
}

function wrongKeys(options: DiagnosisOptions, keys: readonly Buffer[]): readonly Key[] {
  const alsoKeys = (options.alsoSecrets ?? []).map(bytesOf);
  const given = { keys, alsoKeys, names: options.secretNames ?? [] };
  const wrong = new Map<string, Key>();
  for (const mistake of secretMistakes) {
    let room = mistake.keysInPairs ?? Number.POSITIVE_INFINITY;
    for (const { key: bytes, note } of mistake.keys(given)) {
      const text = textOf(bytes);
      if (wrong.has(text) || keys[0]?.equals(bytes)) continue;
      const isInPairs = room > 0 && !keys.some((key) => key.equals(bytes));
      const sightings = [{ mistake, note }];
      wrong.set(text, { bytes, sightings, isInPairs, sign: lazySigner(bytes) });
      room -= 1;
    }
  }
  return [...wrong.values()];
}

/** Which follow one another: what loaders leave around the given secret, or put around the used one. */
const IN_TURN: readonly (readonly string[])[] = [
  ['assignment-given', 'quotes-given', 'white-space-given', 'base64-decoded', 'hex-decoded'],
  ['white-space-used', 'quotes-used', 'base64-encoded', 'hex-encoded'],
];
/** Of each mistake the likeliest keys are enough in the second place. */
const KEYS_IN_TURN = 3;

function keysOfTwo(keys: readonly Buffer[], known: ReadonlySet<string>): readonly Key[] {
  const found = new Map<string, Key>();
  for (const names of IN_TURN) {
    const mistakes = secretMistakes.filter(({ id }) => names.includes(id.slice('secret/'.length)));
    for (const one of mistakes) {
      for (const once of keysAfter(one, keys)) {
        for (const other of mistakes) {
          if (other === one) continue;
          for (const bytes of keysAfter(other, [once])) {
            const text = textOf(bytes);
            if (known.has(text) || found.has(text) || keys.some((key) => key.equals(bytes)))
              continue;
            const sightings = [{ mistake: one }, { mistake: other }];
            found.set(text, { bytes, sightings, isInPairs: false, sign: lazySigner(bytes) });
          }
        }
      }
    }
  }
  return [...found.values()];
}

function keysAfter(mistake: SecretMistake, keys: readonly Buffer[]): readonly Buffer[] {
  const made = [...mistake.keys({ keys, alsoKeys: [], names: [] })].slice(
    0,
    KEYS_IN_TURN * keys.length,
  );
  return made.map(({ key }) => Buffer.from(key)).filter((key) => key.length > 0);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
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
