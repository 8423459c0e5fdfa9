import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'retries/failed-work-redone',
  bug: 'Catches what goes wrong, logs it, and answers 200.',
  recipe: (correct) => ({
    acknowledge: (response, done) =>
      correct.acknowledge(
        response,
        done.catch(() => {}),
      ),
  }),
});
