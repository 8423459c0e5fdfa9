import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'idempotency/duplicate-after-later-events',
  bug: 'Remembers only the last event of each resource.',
  recipe: () => {
    const last = new Map<string, string>();
    const resourceOf = (key: string) => key.slice(0, key.lastIndexOf(' '));
    return {
      memory: {
        has: (key) => last.get(resourceOf(key)) === key,
        add: (key) => void last.set(resourceOf(key), key),
      },
    };
  },
});
