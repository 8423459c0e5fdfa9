import { broken } from '../broken-receiver.js';
import { at } from '../shop/json.js';

export default broken({
  rule: 'payload/overpaid',
  bug: 'Waits for exactly the price: an order that was overpaid is never paid.',
  recipe: (correct) => ({
    concerns: (event, recorded) =>
      correct.concerns(event, recorded) &&
      at(event.body, 'overpaid') !== true &&
      at(event.body, 'request', 'overpaid') !== true,
  }),
});
