import { broken } from '../broken-receiver.js';
import { orderOf } from '../shop/store.js';

export default broken({
  rule: 'ordering/two-resources-one-order',
  bug: 'Knows events by order and status: the second resource of an order is taken for a duplicate.',
  recipe: () => ({ keyOf: (event) => `${orderOf(event)} ${event.status}` }),
});
