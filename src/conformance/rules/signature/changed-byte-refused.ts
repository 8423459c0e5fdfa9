import { refusalRule } from './forgeries.js';

export const signatureChangedByteRefused = refusalRule(
  {
    id: 'signature/changed-byte-refused',
    severity: 'must',
    title: 'A body of which one byte was changed is refused',
    advice: 'Compute the digest over every byte of the body.',
  },
  ['changed-byte'],
);
