import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/missing-refused',
  bug: 'Verifies the digest only if there is one.',
  recipe: (correct) => ({
    isGenuine: (digests, body, secret) =>
      digests.length === 0 || correct.isGenuine(digests, body, secret),
  }),
});
