import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'idempotency/duplicate-long-after',
  bug: 'Remembers an event for 300 ms, though Inqud may send it again two days later.',
  flags: ['--linger', '1s'],
  recipe: () => {
    const expiry = new Map<string, number>();
    return {
      memory: {
        has: (key) => (expiry.get(key) ?? 0) > Date.now(),
        add: (key) => void expiry.set(key, Date.now() + 300),
      },
    };
  },
});
