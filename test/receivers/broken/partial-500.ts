import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'payload/full-lifecycles',
  bug: 'Has no branch for PARTIAL_SUCCESS, and answers 500.',
  recipe: (correct) => ({
    read: (body) => {
      const event = correct.read(body);
      if (event?.status === 'PARTIAL_SUCCESS') throw new Error('Unknown status');
      return event;
    },
  }),
});
