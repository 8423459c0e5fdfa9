import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'retries/failed-work-redone',
  bug: 'Answers first and works in memory: what fails then is lost.',
  recipe: (correct) => ({
    acknowledge: async (response, done) => {
      done.catch(() => {});
      await correct.acknowledge(response, Promise.resolve());
    },
  }),
});
