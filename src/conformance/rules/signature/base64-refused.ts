import { refusalRule } from './forgeries.js';

export const signatureBase64Refused = refusalRule(
  {
    id: 'signature/base64-refused',
    severity: 'must',
    title: 'A digest in base64 is refused',
    advice: 'Inqud writes the digest in lower-case hexadecimal; accept nothing else.',
  },
  ['base64'],
);
