import { setTimeout as wait } from 'node:timers/promises';
import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'acknowledgement/within-limit',
  bug: 'Answers after 12 s, when Inqud has long given up.',
  recipe: (correct) => ({
    acknowledge: async (response, done) => {
      await wait(12_000, undefined, { ref: false });
      await correct.acknowledge(response, done);
    },
  }),
});
