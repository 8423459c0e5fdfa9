import { timingSafeEqual } from 'node:crypto';
import { broken } from '../broken-receiver.js';
import { digestOf } from '../shop/digest.js';

export default broken({
  rule: 'signature/other-secret-refused',
  bug: 'Calls timingSafeEqual and ignores what it answers: only a wrong length throws.',
  recipe: () => ({
    isGenuine: ([digest = ''], body, secret) => {
      try {
        timingSafeEqual(Buffer.from(digest), Buffer.from(digestOf(body, secret)));
        return true;
      } catch {
        return false;
      }
    },
  }),
});
