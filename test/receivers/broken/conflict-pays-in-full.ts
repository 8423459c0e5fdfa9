import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'payload/conflict-underpaid',
  bug: 'Takes CONFLICT for SUCCESS and credits the whole price.',
  recipe: (correct) => ({
    read: (body) => {
      const event = correct.read(body);
      return event?.status === 'CONFLICT' ? { ...event, status: 'SUCCESS' } : event;
    },
  }),
});
