import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/sent-twice-refused',
  bug: 'Looks only at the last of two digest headers.',
  recipe: (correct) => ({ digests: (request) => correct.digests(request).slice(-1) }),
});
