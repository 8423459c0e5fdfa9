import { broken } from '../broken-receiver.js';
import { statusNamed } from '../shop/status.js';
import { orderOf, resourcesOf } from '../shop/store.js';

export default broken({
  rule: 'ordering/two-resources-one-order',
  bug: 'Closes an order with the first final status of any of its resources, and ignores the rest.',
  recipe: (correct) => ({
    receive: async (event, store, steps) => {
      const others = resourcesOf(store, orderOf(event)).filter((one) => one.event.id !== event.id);
      if (others.some((other) => statusNamed(other.event.status)?.outcome !== undefined)) return;
      await correct.receive(event, store, steps);
    },
  }),
});
