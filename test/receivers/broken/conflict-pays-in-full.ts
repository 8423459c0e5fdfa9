import { broken } from '../broken-receiver.js';
import { digitsAt } from '../shop/json.js';

export default broken({
  rule: 'payload/conflict-underpaid',
  bug: 'Takes CONFLICT for SUCCESS, and what was asked for as what was paid.',
  recipe: (correct) => ({
    read: (body) => {
      const event = correct.read(body);
      if (event?.status !== 'CONFLICT') return event;
      const paid =
        digitsAt(event.body, 'payAmount') ?? digitsAt(event.body, 'request', 'payAmount');
      return { ...event, status: 'SUCCESS', paid };
    },
  }),
});
