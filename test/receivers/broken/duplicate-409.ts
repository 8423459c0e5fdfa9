import { broken } from '../broken-receiver.js';
import { end } from '../node-receiver.js';

export default broken({
  rule: 'idempotency/duplicate-answered-200',
  bug: 'Answers 409 to an event it has seen, so that Inqud sends it again and again.',
  recipe: (correct) => ({
    handle: async (call, recipe) => {
      const event = recipe.read(call.body);
      const isRepeat = event !== undefined && call.store.memory.has(recipe.keyOf(event));
      const isForged = !recipe.isGenuine(recipe.digests(call.request), call.body, call.secret);
      if (isRepeat && !isForged) return end(call.response, 409);
      await correct.handle(call, recipe);
    },
  }),
});
