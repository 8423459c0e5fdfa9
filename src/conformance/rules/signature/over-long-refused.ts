import { refusalRule } from './forgeries.js';

export const signatureOverLongRefused = refusalRule(
  {
    id: 'signature/over-long-refused',
    severity: 'must',
    title: 'A web hook with more than the digest is refused',
    advice:
      'Compare whole digests of equal length; do not cut what was sent to the length you expect.',
  },
  ['over-long', 'doubled'],
);
