import { refusalRule } from './forgeries.js';

export const signatureSentTwiceRefused = refusalRule(
  {
    id: 'signature/sent-twice-refused',
    severity: 'advisory',
    title: 'Two different digests are refused',
    advice: 'Refuse a web hook that carries the digest header more than once.',
  },
  ['twice', 'twice-right-first'],
);
