import { broken } from '../broken-receiver.js';
import { statusNamed } from '../shop/status.js';

export default broken({
  rule: 'payload/unknown-status',
  bug: 'Has no branch for a status that it does not know, and answers 500.',
  recipe: (correct) => ({
    read: (body) => {
      const event = correct.read(body);
      if (event !== undefined && statusNamed(event.status) === undefined) {
        throw new Error(`Unreachable: ${event.status}`);
      }
      return event;
    },
  }),
});
