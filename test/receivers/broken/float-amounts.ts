import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'payload/amount-precision',
  bug: 'Reads amounts as binary fractions, which lose digits.',
  recipe: (correct) => ({
    read: (body) => {
      const event = correct.read(body);
      if (event?.amount === undefined) return event;
      const amount = Number(event.amount);
      return { ...event, amount: String(amount) };
    },
  }),
});
