import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'ordering/late-intermediate',
  bug: 'Answers 409 to a status that comes late, though no retry will ever come earlier.',
  recipe: (correct) => ({
    receive: async (event, store, steps) => {
      const recorded = store.resources.get(event.id)?.event;
      const isLate = recorded !== undefined && steps.supersedes(recorded, event);
      if (isLate) throw new Error('Conflict');
      await correct.receive(event, store, steps);
    },
  }),
});
