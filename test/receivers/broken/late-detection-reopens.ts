import { broken } from '../broken-receiver.js';
import { statusNamed } from '../shop/status.js';

export default broken({
  rule: 'retries/outage-catch-up',
  bug: 'Knows that NEW comes first, but lets every other late status undo a final one.',
  recipe: (correct) => ({
    supersedes: (next, recorded) =>
      correct.supersedes(next, recorded) || (statusNamed(next.status)?.rank ?? 0) > 0,
  }),
});
