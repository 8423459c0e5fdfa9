import { broken } from '../broken-receiver.js';
import { end } from '../node-receiver.js';

export default broken({
  rule: 'acknowledgement/exactly-200',
  bug: 'Answers 201 Created: the event is a new row.',
  recipe: () => ({
    acknowledge: async (response, done) => {
      await done;
      end(response, 201);
    },
  }),
});
