import { refusalRule } from './forgeries.js';

/**
 * Advisory, for it does no harm: who does not know the secret has no right digest to send beside a
 * wrong one. Two wrong ones are for `signature/other-secret-refused`.
 */
export const signatureSentTwiceRefused = refusalRule(
  {
    id: 'signature/sent-twice-refused',
    severity: 'advisory',
    title: 'Two different digests are refused',
    advice: 'Refuse a web hook that carries the digest header more than once.',
  },
  ['twice', 'twice-right-first'],
);
