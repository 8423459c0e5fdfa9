import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'retries/not-done-before-done',
  bug: 'Saves the new status first: while the work fails, the order shows as done.',
  recipe: (correct) => ({
    work: async (event, store) => {
      const recorded = store.resources.get(event.id);
      const isNews = recorded === undefined || correct.supersedes(event, recorded.event);
      const shown = recorded ?? { event, seen: new Set<string>(), credited: '0' };
      store.resources.set(event.id, { ...shown, event: isNews ? event : shown.event });
      await correct.work(event, store);
    },
  }),
});
