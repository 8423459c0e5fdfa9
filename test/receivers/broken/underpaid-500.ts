import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'payload/full-lifecycles',
  bug: 'Asserts that what was paid is the price, and answers 500 when it is less.',
  recipe: (correct) => ({
    read: (body) => {
      const event = correct.read(body);
      if (event?.reason === 'UNDERPAID') throw new Error('Assertion failed: paid the price');
      return event;
    },
  }),
});
