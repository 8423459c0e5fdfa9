import { broken } from '../broken-receiver.js';
import { orderOf } from '../shop/store.js';

export default broken({
  rule: 'search/random-deliveries',
  bug: 'Forgets what it has seen of an order when another resource of it comes.',
  recipe: (correct) => {
    const seenOf = new Map<string, Set<string>>();
    return {
      receive: async (event, store, steps) => {
        const seen = seenOf.get(orderOf(event)) ?? new Set();
        const isNewcomer = !store.resources.has(event.id);
        if (isNewcomer) seen.clear();
        seenOf.set(orderOf(event), seen);
        await correct.receive(event, { ...store, memory: seen }, steps);
      },
    };
  },
});
