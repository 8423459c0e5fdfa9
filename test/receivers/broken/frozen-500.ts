import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'payload/full-lifecycles',
  bug: 'Was written before FROZEN was heard of, and answers 500 to it.',
  recipe: (correct) => ({
    read: (body) => {
      const event = correct.read(body);
      if (event?.status === 'FROZEN') throw new Error('Unknown status');
      return event;
    },
  }),
});
