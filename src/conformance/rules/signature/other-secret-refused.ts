import { refusalRule } from './forgeries.js';

export const signatureOtherSecretRefused = refusalRule(
  {
    id: 'signature/other-secret-refused',
    severity: 'must',
    title: 'A web hook signed with another secret is refused',
    advice:
      'Compute HMAC-SHA1 over the raw body with your secret, and refuse what differs. Do not start without a secret.',
  },
  ['other-secret', 'empty-secret', 'twice-wrong'],
);
