import { refusalRule } from './forgeries.js';

export const signatureSha256Refused = refusalRule(
  {
    id: 'signature/sha256-refused',
    severity: 'must',
    title: 'A SHA-256 digest is refused',
    advice: 'Inqud signs web hooks with HMAC-SHA1 in lower-case hexadecimal; accept nothing else.',
  },
  ['sha256'],
);
