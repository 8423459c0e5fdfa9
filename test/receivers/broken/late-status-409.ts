import { broken } from '../broken-receiver.js';
import { end } from '../node-receiver.js';

const LATE = 'A later status is on record.';

export default broken({
  rule: 'ordering/late-intermediate',
  bug: 'Answers 409 to a status that comes late, though no retry will ever come earlier.',
  recipe: (correct) => ({
    receive: async (event, store, steps) => {
      const recorded = store.resources.get(event.id)?.event;
      if (recorded !== undefined && steps.supersedes(recorded, event)) throw new Error(LATE);
      await correct.receive(event, store, steps);
    },
    acknowledge: (response, done) =>
      correct.acknowledge(response, done).catch((error) => {
        if (error.message !== LATE) throw error;
        end(response, 409);
      }),
  }),
});
