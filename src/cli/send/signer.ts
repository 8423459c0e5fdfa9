import type { Header, OutgoingRequest } from '../../ports.js';
import { createSigner } from '../../webhook/digest.js';
import { DIGEST_HEADER } from '../../webhook/scheme.js';
import type { Secret } from '../../webhook/secret.js';
import { tamper } from '../../webhook/tamper.js';
import { noSecret, oneSecret } from '../secrets.js';
import type { World } from '../world.js';
import type { SendFlags } from './flags.js';

export interface SendSigner {
  readonly isSigned: boolean;
  request(body: Uint8Array, headers: readonly Header[]): OutgoingRequest;
}

/** Signs as asked: rightly, wrongly or not at all. */
export async function signerFor(flags: SendFlags, world: World): Promise<SendSigner> {
  const secret = flags.unsigned === true ? undefined : await oneSecret(flags, world);
  const how = flags.tamper;
  if (how !== undefined) {
    if (secret === undefined) throw noSecret();
    return tamperingSigner(secret, how);
  }
  return secret === undefined ? unsigned() : honestSigner(secret);
}

function unsigned(): SendSigner {
  return { isSigned: false, request: (body, headers) => ({ headers, body }) };
}

function honestSigner(secret: Secret): SendSigner {
  const signer = createSigner(secret);
  return {
    isSigned: true,
    request: (body, headers) => ({ headers: [...headers, [DIGEST_HEADER, signer(body)]], body }),
  };
}

function tamperingSigner(secret: Secret, how: NonNullable<SendFlags['tamper']>): SendSigner {
  return {
    isSigned: true,
    request: (original, headers) => {
      const { body, digests } = tamper(original, secret, how);
      const added = digests.map((digest): Header => [DIGEST_HEADER, digest]);
      return { headers: [...headers, ...added], body };
    },
  };
}
