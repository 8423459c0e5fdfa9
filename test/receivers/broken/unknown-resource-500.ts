import { broken } from '../broken-receiver.js';
import { statusNamed } from '../shop/status.js';

export default broken({
  rule: 'ordering/final-only',
  bug: 'Answers 500 to every status of a resource whose first status has not come.',
  recipe: (correct) => ({
    receive: async (event, store, steps) => {
      const isFirst = statusNamed(event.status)?.rank === 0;
      if (!isFirst && !store.resources.has(event.id)) throw new Error('No such resource');
      await correct.receive(event, store, steps);
    },
  }),
});
