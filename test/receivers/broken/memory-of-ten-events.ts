import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'idempotency/duplicate-long-after',
  bug: 'Remembers the last ten events of the whole shop.',
  recipe: () => {
    const recent: string[] = [];
    return {
      memory: {
        has: (key) => recent.includes(key),
        add: (key) => void recent.splice(0, recent.push(key) - 10),
      },
    };
  },
});
