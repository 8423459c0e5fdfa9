import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'ordering/late-intermediate',
  bug: 'Writes whatever status came last: a late PENDING undoes a SUCCESS.',
  recipe: () => ({ supersedes: () => true }),
});
