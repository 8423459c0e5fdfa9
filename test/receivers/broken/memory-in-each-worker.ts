import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'idempotency/duplicate-in-sequence',
  bug: 'Two workers take turns, and each remembers only what came to itself.',
  recipe: () => {
    const workers = [new Set<string>(), new Set<string>()];
    let turn = 0;
    return {
      memory: {
        has: (key) => {
          turn += 1;
          return workers[turn % 2]?.has(key) ?? false;
        },
        add: (key) => void workers[turn % 2]?.add(key),
      },
    };
  },
});
