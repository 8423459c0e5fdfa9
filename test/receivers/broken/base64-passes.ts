import { createHmac } from 'node:crypto';
import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/base64-refused',
  bug: 'Takes the digest in any encoding.',
  recipe: (correct) => ({
    isGenuine: (digests, body, secret) =>
      digests[0] === createHmac('sha1', secret).update(body).digest('base64') ||
      correct.isGenuine(digests, body, secret),
  }),
});
