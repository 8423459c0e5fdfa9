import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/other-body-refused',
  bug: 'Checks that the digest looks like one, and leaves the rest for later.',
  recipe: () => ({
    isGenuine: ([digest]) => /^[0-9a-f]{40}$/.test(digest ?? ''),
  }),
});
