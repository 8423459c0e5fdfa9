import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'ordering/any-order',
  bug: 'Knows events by resource only: whatever status comes first stays.',
  recipe: () => ({ keyOf: ({ id }) => id }),
});
