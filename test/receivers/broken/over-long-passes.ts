import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/over-long-refused',
  bug: 'Compares only the first 40 characters.',
  recipe: (correct) => ({
    isGenuine: (digests, body, secret) =>
      correct.isGenuine(
        digests.map((digest) => digest.slice(0, 40)),
        body,
        secret,
      ),
  }),
});
