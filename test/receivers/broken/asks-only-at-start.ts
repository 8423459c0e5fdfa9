import { broken } from '../broken-receiver.js';
import { healEvery } from '../shop/heal.js';

export default broken({
  rule: 'recovery/self-heals',
  bug: 'Asks the API of Inqud when it starts, and never again.',
  asksApi: true,
  recipe: () => ({
    onStart: (store, steps, apiUrl) => {
      const stop = healEvery(1)(store, steps, apiUrl);
      const timer = setTimeout(stop, 50).unref();
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
  }),
});
