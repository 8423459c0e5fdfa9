import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'retries/not-done-before-done',
  bug: 'Remembers an event before the work is done: when that fails, the retry is taken for a duplicate.',
  recipe: (correct) => ({
    work: async (event, store) => {
      store.memory.add(correct.keyOf(event));
      await correct.work(event, store);
    },
  }),
});
