import { createHmac } from 'node:crypto';
import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/valid-accepted',
  bug: 'Expects HMAC-SHA256, which is what the API of Inqud uses, not its web hooks.',
  recipe: () => ({
    isGenuine: ([digest], body, secret) =>
      digest === createHmac('sha256', secret).update(body).digest('hex'),
  }),
});
