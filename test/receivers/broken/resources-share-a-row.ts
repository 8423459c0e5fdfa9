import { broken } from '../broken-receiver.js';
import { orderOf, resourcesOf } from '../shop/store.js';

export default broken({
  rule: 'ordering/two-resources-one-order',
  bug: 'Keeps one row for each order, so that its second resource overwrites the first.',
  recipe: (correct) => ({
    commit: (event, store, policy) => {
      for (const { event: other } of resourcesOf(store, orderOf(event))) {
        if (other.id !== event.id) store.resources.delete(other.id);
      }
      correct.commit(event, store, policy);
    },
  }),
});
