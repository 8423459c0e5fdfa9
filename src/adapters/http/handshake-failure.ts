import type { Target } from '../target.js';
import { codeOf } from './error-code.js';

const UNTRUSTED = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];
const NOT_TLS = ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'];
const CLOSED = ['ECONNRESET', 'EPIPE', 'ECONNABORTED'];

/** Why there was a connection but TLS did not come about on it, in a sentence. */
export function handshakeFailure(error: Error, { hostname }: Target): string {
  const code = codeOf(error);
  const complaint = certificateComplaint(code, hostname);
  if (complaint !== undefined) return `${complaint} (--insecure accepts it).`;
  if (NOT_TLS.includes(code)) return 'The receiver speaks no TLS: its URL starts with http://.';
  if (CLOSED.includes(code)) return CLOSED_REASON;
  return `The TLS handshake broke (${code || error.message}).`;
}

const CLOSED_REASON =
  'The receiver closed the connection during the TLS handshake; if it speaks no TLS, its URL starts with http://.';

function certificateComplaint(code: string, hostname: string): string | undefined {
  if (UNTRUSTED.includes(code))
    return "The receiver's certificate is self-signed or its issuer unknown";
  if (code === 'CERT_HAS_EXPIRED') return "The receiver's certificate has expired";
  if (code === 'CERT_NOT_YET_VALID') return "The receiver's certificate is not valid yet";
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `The receiver's certificate is not for ${hostname}`;
  return undefined;
}
