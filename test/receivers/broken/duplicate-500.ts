import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'idempotency/duplicate-answered-200',
  bug: 'Breaks its own unique index when an event comes twice, and answers 500.',
  recipe: (correct) => ({
    receive: async (event, store, steps) => {
      if (store.memory.has(steps.keyOf(event))) throw new Error('duplicate key value');
      await correct.receive(event, store, steps);
    },
  }),
});
