import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'ordering/any-order',
  bug: 'Shows the status that came last, though the money stays where it is.',
  recipe: (correct) => ({
    commit: (event, store, policy) => {
      correct.commit(event, store, policy);
      const recorded = store.resources.get(event.id);
      if (recorded !== undefined) store.resources.set(event.id, { ...recorded, event });
    },
  }),
});
