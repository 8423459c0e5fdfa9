import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/raw-bytes',
  bug: 'Verifies the digest of the body as it writes it itself, not of the bytes that came.',
  recipe: (correct) => ({
    isGenuine: (digests, body, secret) =>
      correct.isGenuine(digests, Buffer.from(JSON.stringify(JSON.parse(String(body)))), secret),
  }),
});
