import { refusalRule } from './forgeries.js';

export const signatureTruncatedRefused = refusalRule(
  {
    id: 'signature/truncated-refused',
    severity: 'must',
    title: 'A web hook with a part of the digest is refused',
    advice:
      'Compare whole digests of equal length; check the length first, since constant-time comparison throws when lengths differ.',
  },
  ['truncated', 'half', 'first-character'],
);
