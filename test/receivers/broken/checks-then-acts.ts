import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'idempotency/duplicate-concurrent',
  bug: 'Asks whether it has seen the event, works, and only then remembers it: two at once both pass.',
  recipe: () => ({ locks: { exclusive: (_key, work) => work() } }),
});
