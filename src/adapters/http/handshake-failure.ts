import { codeOf } from './error-code.js';
import { type AttemptScene, peerOf } from './scene.js';

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
export function handshakeFailure(error: Error, scene: AttemptScene): string {
  const code = codeOf(error);
  const peer = peerOf(scene);
  const complaint = certificateComplaint(code, scene);
  if (complaint !== undefined) return `${complaint} (--insecure accepts it).`;
  if (NOT_TLS.includes(code)) return `${peer} speaks no TLS: its URL starts with http://.`;
  if (CLOSED.includes(code)) {
    return `${peer} closed the connection during the TLS handshake; if it speaks no TLS, its URL starts with http://.`;
  }
  return `The TLS handshake broke (${code || error.message}).`;
}

function certificateComplaint(code: string, scene: AttemptScene): string | undefined {
  const peer = peerOf(scene);
  if (UNTRUSTED.includes(code)) return `${peer}'s certificate is self-signed or its issuer unknown`;
  if (code === 'CERT_HAS_EXPIRED') return `${peer}'s certificate has expired`;
  if (code === 'CERT_NOT_YET_VALID') return `${peer}'s certificate is not valid yet`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `${peer}'s certificate is not for ${scene.target.hostname}`;
  return undefined;
}
