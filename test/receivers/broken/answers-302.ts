import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'acknowledgement/exactly-200',
  bug: 'Redirects to the page of the order, as it does for people.',
  recipe: () => ({
    acknowledge: async (response, done) => {
      await done;
      response.writeHead(302, { Location: '/orders' }).end();
    },
  }),
});
