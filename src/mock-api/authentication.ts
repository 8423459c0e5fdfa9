import { createHmac, hash } from 'node:crypto';
import { digestsMatch } from '../webhook/digests-match.js';
import type { Secret } from '../webhook/secret.js';
import { headerValues } from '../webhook/verdict.js';
import type { ApiRequest } from './api-server.js';
import type { TokenFinding } from './finding.js';

/** A token of Inqud's API: not the secret of a web hook. */
export interface Credentials {
  readonly tokenId: string;
  readonly secret: Secret;
}

export type Authentication =
  /** The note is what a stricter server would not like. */
  | { readonly kind: 'accepted'; readonly note: TokenFinding | undefined }
  | { readonly kind: 'refused'; readonly reason: TokenFinding };

export type Authenticator = (request: ApiRequest) => Authentication;

/** docs.inqud.com/developer/authentication */
const ID_HEADER = 'X-Token-API-Id';
const SECRET_HEADER = 'X-Token-API-Secret';
const SIGNATURE_HEADER = 'X-HMAC-SHA256-Signature';
const SALT_HEADER = 'X-Salt';

const WELL_FORMED = /^[0-9a-f]{64}$/;
const REMEMBERED_SALTS = 10_000;

/**
 * Checks both schemes of Inqud's API (docs.inqud.com/developer/authentication): the token's id and
 * secret in headers, or its id with an HMAC-SHA256 over the request's body and a salt. Without
 * credentials any token passes, but there has to be one.
 */
export function createAuthenticator(credentials: Credentials | undefined): Authenticator {
  const salts = rememberSalts();
  return ({ headers, body }) => {
    const { value, twice } = singleValues(headers);
    if (twice !== undefined) return refused({ code: 'header-twice', header: twice });
    const id = value(ID_HEADER);
    if (id === undefined) return refused({ code: 'header-absent', header: ID_HEADER });
    if (credentials !== undefined && !isSame(id, credentials.tokenId)) {
      return refused({ code: 'other-token', header: ID_HEADER });
    }
    const signature = value(SIGNATURE_HEADER);
    if (signature === undefined) return checkSecret(value(SECRET_HEADER), credentials);
    const salt = value(SALT_HEADER);
    if (salt === undefined) return refused({ code: 'unsalted', header: SALT_HEADER });
    return checkSignature({ signature, salt, body }, credentials, salts);
  };
}

function singleValues(headers: ApiRequest['headers']) {
  const names = [ID_HEADER, SECRET_HEADER, SIGNATURE_HEADER, SALT_HEADER];
  return {
    value: (name: string) => headerValues(headers, name)[0],
    twice: names.find((name) => headerValues(headers, name).length > 1),
  };
}

function checkSecret(
  secret: string | undefined,
  credentials: Credentials | undefined,
): Authentication {
  if (secret === undefined) {
    return refused({ code: 'no-proof', headers: [SECRET_HEADER, SIGNATURE_HEADER] });
  }
  const isRight = credentials === undefined || isSame(secret, credentials.secret.reveal());
  return isRight ? accepted() : refused({ code: 'wrong-secret', header: SECRET_HEADER });
}

interface Signed {
  readonly signature: string;
  readonly salt: string;
  readonly body: Uint8Array;
}

function checkSignature(
  { signature, salt, body }: Signed,
  credentials: Credentials | undefined,
  salts: (salt: string) => boolean,
): Authentication {
  if (!WELL_FORMED.test(signature)) {
    return refused({ code: 'malformed-signature', header: SIGNATURE_HEADER });
  }
  if (credentials !== undefined) {
    const hmac = createHmac('sha256', credentials.secret.reveal()).update(body);
    const expected = hmac.update(salt, 'latin1').digest('hex');
    if (!digestsMatch(signature, expected)) {
      return refused({ code: 'wrong-signature', header: SIGNATURE_HEADER });
    }
  }
  return accepted(salts(salt) ? { code: 'salt-used' } : undefined);
}

/** Says of each salt whether it came before, as far back as it remembers. */
function rememberSalts(): (salt: string) => boolean {
  const known = new Set<string>();
  return (salt) => {
    const wasUsed = known.delete(salt);
    known.add(salt);
    const [oldest] = known;
    if (known.size > REMEMBERED_SALTS && oldest !== undefined) known.delete(oldest);
    return wasUsed;
  };
}

/** Takes the same time wherever they differ. */
function isSame(given: string, expected: string | Uint8Array): boolean {
  const bytes = typeof expected === 'string' ? Buffer.from(expected) : expected;
  return digestsMatch(
    hash('sha256', Buffer.from(given, 'latin1'), 'hex'),
    hash('sha256', bytes, 'hex'),
  );
}

function accepted(note?: TokenFinding): Authentication {
  return { kind: 'accepted', note };
}

function refused(reason: TokenFinding): Authentication {
  return { kind: 'refused', reason };
}
