import { broken } from '../broken-receiver.js';
import { orderOf } from '../shop/store.js';

export default broken({
  rule: 'ordering/payments-add-up',
  bug: 'Knows events by order and status: the second resource of an order is taken for a duplicate.',
  recipe: () => ({ keyOf: (event) => `${orderOf(event)} ${event.status}` }),
});
