import { broken } from '../broken-receiver.js';
import { end } from '../node-receiver.js';

export default broken({
  rule: 'acknowledgement/exactly-200',
  bug: 'Answers 202 Accepted: the work is done later.',
  recipe: () => ({
    acknowledge: async (response, done) => {
      await done;
      end(response, 202);
    },
  }),
});
