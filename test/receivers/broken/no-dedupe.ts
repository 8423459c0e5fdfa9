import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'idempotency/duplicate-in-sequence',
  bug: 'Never asks whether it has seen an event: each delivery is credited.',
  recipe: () => ({ memory: { has: () => false, add: () => {} } }),
});
