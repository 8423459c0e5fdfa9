import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/raw-bytes',
  bug: 'Takes the body for Latin-1, so that letters beyond ASCII change before the digest is verified.',
  recipe: (correct) => ({
    isGenuine: (digests, body, secret) =>
      correct.isGenuine(digests, Buffer.from(body.toString('latin1')), secret),
  }),
});
