import { broken } from '../broken-receiver.js';
import { statusNamed } from '../shop/status.js';

export default broken({
  rule: 'payload/unknown-status',
  bug: 'Takes a status that it does not know for a failure.',
  recipe: (correct) => ({
    read: (body) => {
      const event = correct.read(body);
      const isKnown = event === undefined || statusNamed(event.status) !== undefined;
      return isKnown ? event : { ...event, status: 'FAILED' };
    },
  }),
});
