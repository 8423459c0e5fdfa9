import { broken } from '../broken-receiver.js';
import { statusNamed } from '../shop/status.js';

export default broken({
  rule: 'ordering/late-intermediate',
  bug: 'Takes the first status of a lifecycle for a new resource, also when it comes late.',
  recipe: (correct) => ({
    supersedes: (next, recorded) =>
      correct.supersedes(next, recorded) || statusNamed(next.status)?.rank === 0,
  }),
});
