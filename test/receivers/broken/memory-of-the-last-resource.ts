import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'search/random-deliveries',
  bug: 'Remembers the events of the resource it worked on last, and forgets those of all others.',
  recipe: () => {
    const events = new Set<string>();
    let last = '';
    return {
      memory: {
        has: (key) => events.has(key),
        add: (key) => {
          const resource = key.slice(0, key.lastIndexOf(' '));
          if (resource !== last) events.clear();
          last = resource;
          events.add(key);
        },
      },
    };
  },
});
