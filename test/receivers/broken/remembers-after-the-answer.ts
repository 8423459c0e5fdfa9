import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'retries/lost-acknowledgement',
  bug: 'Remembers an event 100 ms after its answer, with the next batch of writes.',
  recipe: () => {
    const done = new Set<string>();
    return {
      memory: {
        has: (key) => done.has(key),
        add: (key) => void setTimeout(() => done.add(key), 100).unref(),
      },
    };
  },
});
