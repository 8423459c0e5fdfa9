import { broken } from '../broken-receiver.js';
import { statusNamed } from '../shop/status.js';

export default broken({
  rule: 'payload/unknown-status-not-paid',
  bug: 'Takes every status that is not a known failure or a known wait for a success.',
  recipe: (correct) => ({
    read: (body) => {
      const event = correct.read(body);
      const isKnown = event === undefined || statusNamed(event.status) !== undefined;
      return isKnown ? event : { ...event, status: 'SUCCESS' };
    },
  }),
});
