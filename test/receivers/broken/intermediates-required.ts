import { broken } from '../broken-receiver.js';
import { statusNamed } from '../shop/status.js';

export default broken({
  rule: 'ordering/final-only',
  bug: 'Ignores a final status whose intermediate statuses never came.',
  recipe: (correct) => ({
    concerns: (event, recorded) =>
      correct.concerns(event, recorded) &&
      (recorded !== undefined || (statusNamed(event.status)?.rank ?? 0) < 9),
  }),
});
