import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'payload/partial-success',
  bug: 'Pays out what was asked for first, not what PARTIAL_SUCCESS says was really paid.',
  recipe: (correct) => {
    const asked = new Map<string, string>();
    return {
      read: (body) => {
        const event = correct.read(body);
        if (event?.amount === undefined) return event;
        const amount = asked.get(event.id) ?? event.amount;
        asked.set(event.id, amount);
        return { ...event, amount };
      },
    };
  },
});
