import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/header-case',
  bug: 'Finds the header only as "X-Payload-Digest", letter for letter.',
  recipe: () => ({
    digests: ({ rawHeaders }) => {
      const index = rawHeaders.indexOf('X-Payload-Digest');
      return index < 0 ? [] : [rawHeaders[index + 1] ?? ''];
    },
  }),
});
