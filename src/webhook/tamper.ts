import { createHmac } from 'node:crypto';
import { sign } from './digest.js';
import { Secret } from './secret.js';

/** Ways to send a web hook that a receiver must refuse. */
export const TAMPERINGS = [
  'other-secret',
  'body',
  'truncated',
  'sha256',
  'base64',
  'uppercase',
  'prefix',
  'missing',
  'empty',
  'twice',
] as const;

export type Tampering = (typeof TAMPERINGS)[number];

/** What goes out: the body, and the values of the digest header in order (none, one or two). */
export interface SignedBody {
  readonly body: Uint8Array;
  readonly digests: readonly string[];
}

/** Signs a body wrongly on purpose. */
export function tamper(body: Uint8Array, secret: Secret, how: Tampering): SignedBody {
  const digest = sign(body, secret);
  switch (how) {
    case 'other-secret':
      return { body, digests: [sign(body, otherThan(secret))] };
    case 'body':
      return { body: changed(body), digests: [digest] };
    case 'truncated':
      return { body, digests: [digest.slice(0, -1)] };
    case 'sha256':
      return { body, digests: [createHmac('sha256', secret.reveal()).update(body).digest('hex')] };
    case 'base64':
      return { body, digests: [Buffer.from(digest, 'hex').toString('base64')] };
    case 'uppercase':
      return { body, digests: [digest.toUpperCase()] };
    case 'prefix':
      return { body, digests: [`sha1=${digest}`] };
    case 'missing':
      return { body, digests: [] };
    case 'empty':
      return { body, digests: [''] };
    case 'twice':
      return { body, digests: [sign(body, otherThan(secret)), digest] };
    default:
      return how satisfies never;
  }
}

function otherThan(secret: Secret): Secret {
  return Secret.fromBytes(Buffer.concat([secret.reveal(), Buffer.from('-other')]));
}

/** The last digit becomes another one, so that JSON stays JSON; without a digit a space is added. */
function changed(body: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(body);
  const place = copy.findLastIndex((byte) => byte >= 0x30 && byte <= 0x39);
  if (place === -1) return Buffer.concat([body, Buffer.from(' ')]);
  copy[place] = copy[place] === 0x39 ? 0x38 : (copy[place] ?? 0) + 1;
  return copy;
}
