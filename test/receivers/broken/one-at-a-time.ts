import { setTimeout as wait } from 'node:timers/promises';
import { broken } from '../broken-receiver.js';
import { createLocks } from '../shop/locks.js';

export default broken({
  rule: 'acknowledgement/burst',
  bug: 'Works on one web hook of all at a time, and a queue of them takes more than 10 s.',
  recipe: (correct) => {
    const everyone = createLocks();
    return {
      work: async (event, store) => {
        await correct.work(event, store);
        await everyone.exclusive('all', () => wait(500, undefined, { ref: false }));
      },
    };
  },
});
