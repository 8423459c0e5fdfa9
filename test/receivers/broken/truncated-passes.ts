import { broken } from '../broken-receiver.js';
import { digestOf } from '../shop/digest.js';

export default broken({
  rule: 'signature/truncated-refused',
  bug: 'Compares only as many characters as came.',
  recipe: () => ({
    isGenuine: ([digest], body, secret) =>
      digest !== undefined && digest !== '' && digestOf(body, secret).startsWith(digest),
  }),
});
