import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/no-side-effect',
  bug: 'Does the work first and verifies the digest before it answers.',
  recipe: (correct) => ({
    handle: async (call, recipe) => {
      const event = recipe.read(call.body);
      if (event !== undefined) await recipe.receive(event, call.store, recipe);
      await correct.handle(call, recipe);
    },
  }),
});
