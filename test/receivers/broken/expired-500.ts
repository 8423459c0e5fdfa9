import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'payload/full-lifecycles',
  bug: 'Looks for what was paid when an order expires, finds nothing, and answers 500.',
  recipe: (correct) => ({
    read: (body) => {
      const event = correct.read(body);
      if (event?.status === 'EXPIRED') throw new Error('Nothing was paid');
      return event;
    },
  }),
});
