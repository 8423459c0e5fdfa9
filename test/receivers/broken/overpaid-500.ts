import { broken } from '../broken-receiver.js';
import { at } from '../shop/json.js';

export default broken({
  rule: 'payload/overpaid',
  bug: 'Asserts that nobody pays too much, and answers 500 when somebody does.',
  recipe: (correct) => ({
    read: (body) => {
      const event = correct.read(body);
      const isOverpaid = [at(event?.body, 'overpaid'), at(event?.body, 'request', 'overpaid')];
      if (isOverpaid.includes(true)) throw new Error('Assertion failed: paid the price');
      return event;
    },
  }),
});
