import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/raw-bytes',
  bug: 'Decodes each piece of the body by itself, so that a character that lies in two of them changes.',
  recipe: () => ({
    joined: (pieces) => Buffer.from(pieces.map(String).join('')),
  }),
});
