import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'payload/success-shows',
  bug: 'Knows events by resource only: whatever status comes first stays.',
  recipe: () => ({ keyOf: ({ id }) => id }),
});
