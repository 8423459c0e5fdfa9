import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/empty-refused',
  bug: 'Takes an empty digest for a web hook without a secret.',
  recipe: (correct) => ({
    isGenuine: (digests, body, secret) =>
      digests.join('') === '' ? digests.length > 0 : correct.isGenuine(digests, body, secret),
  }),
});
