import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'payload/large-body',
  bug: 'Refuses bodies above 6 kB with 413.',
  recipe: () => ({ bodyLimitBytes: 6000 }),
});
