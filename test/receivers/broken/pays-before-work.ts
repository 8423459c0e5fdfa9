import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'retries/failed-work-redone',
  bug: 'Credits the order before the part of the work that can fail, so that a retry credits it again.',
  recipe: (correct) => ({
    work: async (event, store) => {
      correct.commit(event, store, correct);
      await correct.work(event, store);
    },
    commit: () => {},
  }),
});
