import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/raw-bytes',
  bug: 'Trims the body before it verifies the digest.',
  recipe: (correct) => ({
    isGenuine: (digests, body, secret) =>
      correct.isGenuine(digests, Buffer.from(String(body).trim()), secret),
  }),
});
