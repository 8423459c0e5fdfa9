import { createHash, createHmac, hash } from 'node:crypto';
import { DIGEST_HASH } from '../../webhook/scheme.js';
import { headerValues } from '../../webhook/verdict.js';
import type { Mistake } from '../mistake.js';
import type { Subject } from '../subject.js';

/** A way of computing a digest. */
export interface Algorithm {
  /** Undefined for Inqud's own. */
  readonly mistake: Mistake | undefined;
  readonly hexCharacters: number;
  readonly usesKey: boolean;
  /** The digest in lower-case hexadecimal; undefined when the entry rules this way out. */
  readonly compute: (key: Uint8Array, body: Uint8Array, entry: Subject) => string | undefined;
}

type HashName = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

const HEX_CHARACTERS = {
  md5: 32,
  sha1: 40,
  sha256: 64,
  sha384: 96,
  sha512: 128,
} as const;
const SHOWN = {
  md5: 'MD5',
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
} as const;
const USE_HMAC_SHA1 = 'Use HMAC-SHA1 with the secret as its key and the raw body as its message.';

/** What Inqud uses. */
export const hmacSha1: Algorithm = {
  mistake: undefined,
  hexCharacters: HEX_CHARACTERS[DIGEST_HASH],
  usesKey: true,
  compute: (key, body) => hmac(DIGEST_HASH, key, body),
};

/** Likeliest first. */
export const wrongAlgorithms: readonly Algorithm[] = [
  {
    mistake: {
      id: 'digest/other-provider',
      explanation:
        "The digest is another provider's: X-Payload-Digest-Alg comes with it, which Inqud does not send.",
      fix: 'Keep the two providers on URLs of their own; Sumsub uses X-Payload-Digest too.',
    },
    hexCharacters: HEX_CHARACTERS.sha256,
    usesKey: true,
    compute: (key, body, entry) =>
      namesOtherProvider(entry) ? hmac('sha256', key, body) : undefined,
  },
  wrongHmac('sha256'),
  wrongHmac('sha512'),
  wrongHmac('md5'),
  wrongHmac('sha384'),
  withoutKey('sha1'),
  secretFirst('sha1'),
  bodyFirst('sha1'),
  {
    mistake: {
      id: 'digest/key-and-body-swapped',
      explanation: 'The digest is an HMAC with the body as its key and the secret as its message.',
      fix: 'Swap the arguments: the secret is the key.',
    },
    hexCharacters: HEX_CHARACTERS.sha1,
    usesKey: true,
    compute: (key, body) => hmac('sha1', body, key),
  },
  {
    mistake: {
      id: 'digest/api-signature',
      explanation:
        'The digest is that of a signed API request: HMAC-SHA256 over the body and X-Salt.',
      fix: "A web hook's digest is HMAC-SHA1 over the body alone.",
    },
    hexCharacters: HEX_CHARACTERS.sha256,
    usesKey: true,
    compute: salted,
  },
  withoutKey('sha256'),
  secretFirst('sha256'),
  bodyFirst('sha256'),
  withoutKey('md5'),
  secretFirst('md5'),
  bodyFirst('md5'),
  withoutKey('sha512'),
];

/** True when a header says how the digest was computed: Inqud sends none, Sumsub does. */
export function namesOtherProvider({ headers }: Pick<Subject, 'headers'>): boolean {
  return headerValues(headers, 'X-Payload-Digest-Alg').length > 0;
}

function wrongHmac(name: HashName): Algorithm {
  return {
    mistake: {
      id: `digest/hmac-${name}`,
      explanation: `The digest is HMAC-${SHOWN[name]}.`,
      fix: USE_HMAC_SHA1,
    },
    hexCharacters: HEX_CHARACTERS[name],
    usesKey: true,
    compute: (key, body) => hmac(name, key, body),
  };
}

function withoutKey(name: HashName): Algorithm {
  return {
    mistake: {
      id: `digest/${name}-without-key`,
      explanation: `The digest is the plain ${SHOWN[name]} of the body, without any secret.`,
      fix: USE_HMAC_SHA1,
    },
    hexCharacters: HEX_CHARACTERS[name],
    usesKey: false,
    compute: (_, body) => hash(name, body, 'hex'),
  };
}

function secretFirst(name: HashName): Algorithm {
  return {
    mistake: {
      id: `digest/${name}-of-secret-and-body`,
      explanation: `The digest is the ${SHOWN[name]} of the secret followed by the body.`,
      fix: USE_HMAC_SHA1,
    },
    hexCharacters: HEX_CHARACTERS[name],
    usesKey: true,
    compute: (key, body) => createHash(name).update(key).update(body).digest('hex'),
  };
}

function bodyFirst(name: HashName): Algorithm {
  return {
    mistake: {
      id: `digest/${name}-of-body-and-secret`,
      explanation: `The digest is the ${SHOWN[name]} of the body followed by the secret.`,
      fix: USE_HMAC_SHA1,
    },
    hexCharacters: HEX_CHARACTERS[name],
    usesKey: true,
    compute: (key, body) => createHash(name).update(body).update(key).digest('hex'),
  };
}

/** Inqud's API requests are signed so (docs.inqud.com/developer/authentication). */
function salted(key: Uint8Array, body: Uint8Array, entry: Subject): string | undefined {
  const salt = headerValues(entry.headers, 'X-Salt')[0];
  if (salt === undefined) return undefined;
  return createHmac('sha256', key).update(body).update(salt).digest('hex');
}

function hmac(name: HashName, key: Uint8Array, body: Uint8Array): string {
  return createHmac(name, key).update(body).digest('hex');
}
