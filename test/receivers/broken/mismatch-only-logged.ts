import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/changed-byte-refused',
  bug: 'Still runs in the mode that only logs a mismatch, though a digest must be there.',
  recipe: () => ({
    isGenuine: (digests) => digests.some((digest) => digest !== ''),
  }),
});
