import { broken } from '../broken-receiver.js';
import { digestOf } from '../shop/digest.js';

export default broken({
  rule: 'signature/valid-accepted',
  bug: 'Expects "sha1=" before the digest, as GitHub writes it.',
  recipe: () => ({
    isGenuine: ([digest], body, secret) => digest === `sha1=${digestOf(body, secret)}`,
  }),
});
