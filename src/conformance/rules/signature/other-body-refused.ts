import { refusalRule } from './forgeries.js';

export const signatureOtherBodyRefused = refusalRule(
  {
    id: 'signature/other-body-refused',
    severity: 'must',
    title: 'The digest of another body is refused',
    advice: 'Compute the digest over the body that came, not over a constant or a stored one.',
  },
  ['other-body'],
);
