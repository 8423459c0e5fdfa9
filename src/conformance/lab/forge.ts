import { sign } from '../../webhook/digest.js';
import type { Secret } from '../../webhook/secret.js';
import { type SignedBody, tamper } from '../../webhook/tamper.js';
import type { Forgery } from '../script.js';

const OTHER_BODY = new TextEncoder().encode('{"field":"value"}');

/** A web hook whose digest is not the digest of its body under the secret. */
export function forge(body: Uint8Array, secret: Secret, how: Forgery): SignedBody {
  const digest = sign(body, secret);
  switch (how) {
    case 'missing':
    case 'empty':
    case 'truncated':
    case 'other-secret':
    case 'sha256':
    case 'base64':
    case 'twice':
      return tamper(body, secret, how);
    case 'twice-right-first':
      return { body, digests: tamper(body, secret, 'twice').digests.toReversed() };
    case 'changed-byte':
      return tamper(body, secret, 'body');
    case 'half':
      return { body, digests: [digest.slice(0, 20)] };
    case 'first-character':
      return { body, digests: [digest.slice(0, 1)] };
    case 'over-long':
      return { body, digests: [`${digest}0`] };
    case 'doubled':
      return { body, digests: [digest + digest] };
    case 'other-body':
      return { body, digests: [sign(OTHER_BODY, secret)] };
    default:
      return how satisfies never;
  }
}
