import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'payload/partial-success',
  bug: 'Takes PARTIAL_SUCCESS for a failure and credits nothing.',
  recipe: (correct) => ({
    creditFor: (event) =>
      event.status === 'PARTIAL_SUCCESS' ? undefined : correct.creditFor(event),
  }),
});
