import type { Header, OutgoingRequest } from '../../ports.js';
import type { Signer } from '../../webhook/digest.js';
import { DIGEST_HEADER } from '../../webhook/scheme.js';

/**
 * The request with the digest of its body: in the place of the one it has and spelled as that, at the
 * end where it has none. Of several only the first stays.
 */
export function resigned({ headers, body }: OutgoingRequest, sign: Signer): OutgoingRequest {
  const first = headers.findIndex(isDigest);
  const digest = sign(body);
  if (first === -1) return { headers: [...headers, [DIGEST_HEADER, digest]], body };
  const replaced = headers.flatMap((header, index): readonly Header[] => {
    if (index === first) return [[header[0], digest]];
    return isDigest(header) ? [] : [header];
  });
  return { headers: replaced, body };
}

function isDigest([name]: Header): boolean {
  return name.toLowerCase() === DIGEST_HEADER.toLowerCase();
}
