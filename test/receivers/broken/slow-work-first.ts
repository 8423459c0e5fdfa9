import { setTimeout as wait } from 'node:timers/promises';
import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'acknowledgement/quick-answer',
  bug: 'Does three seconds of work before it answers.',
  isAdvisory: true,
  recipe: (correct) => ({
    work: async (event, store) => {
      await wait(3000, undefined, { ref: false });
      await correct.work(event, store);
    },
  }),
});
