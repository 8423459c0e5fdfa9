import { refusalRule } from './forgeries.js';

export const signatureAcceptedDigestRefused = refusalRule(
  {
    id: 'signature/accepted-digest-refused',
    severity: 'must',
    title: 'A digest that was accepted before is refused on another body',
    advice:
      'Compute the digest anew for each web hook: that it was right once says nothing about another body.',
  },
  ['accepted-before'],
);
