import { broken } from '../broken-receiver.js';
import { plain } from '../shop/decimal.js';

export default broken({
  rule: 'payload/amount-precision',
  bug: 'Keeps eight digits after the point, enough for bitcoin.',
  recipe: (correct) => ({
    read: (body) => {
      const event = correct.read(body);
      if (event?.amount === undefined) return event;
      const [whole = '', fraction = ''] = plain(event.amount).split('.');
      return { ...event, amount: `${whole}.${fraction.slice(0, 8).padEnd(8, '0')}` };
    },
  }),
});
