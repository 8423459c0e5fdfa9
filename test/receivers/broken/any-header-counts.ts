import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/sent-twice-refused',
  bug: 'Is content when one of several digest headers is right.',
  recipe: (correct) => ({
    isGenuine: (digests, body, secret) =>
      digests.some((digest) => correct.isGenuine([digest], body, secret)),
  }),
});
