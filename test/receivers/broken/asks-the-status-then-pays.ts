import { setTimeout as wait } from 'node:timers/promises';
import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'retries/overlap',
  bug: 'Asks whether the order is paid, waits for the bank, and pays: an overlapping retry pays again.',
  recipe: (correct) => ({
    locks: { exclusive: (_key, work) => work() },
    work: async (event, store) => {
      await correct.work(event, store);
      await wait(50, undefined, { ref: false });
    },
  }),
});
