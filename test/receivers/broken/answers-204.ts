import { broken } from '../broken-receiver.js';
import { end } from '../node-receiver.js';

export default broken({
  rule: 'acknowledgement/exactly-200',
  bug: 'Answers 204 No Content: there is nothing to say.',
  recipe: () => ({
    acknowledge: async (response, done) => {
      await done;
      end(response, 204);
    },
  }),
});
