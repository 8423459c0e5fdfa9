import { createHmac } from 'node:crypto';
import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/sha256-refused',
  bug: 'Takes SHA-256 as well, by the length of the digest.',
  recipe: (correct) => ({
    isGenuine: (digests, body, secret) =>
      digests[0] === createHmac('sha256', secret).update(body).digest('hex') ||
      correct.isGenuine(digests, body, secret),
  }),
});
