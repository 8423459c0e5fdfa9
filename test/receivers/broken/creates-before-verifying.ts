import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'signature/no-side-effect',
  bug: 'Creates the resource for whoever names it, and verifies the digest afterwards.',
  recipe: (correct) => ({
    handle: async (call, recipe) => {
      const event = recipe.read(call.body);
      if (event !== undefined && !call.store.resources.has(event.id)) {
        const seen = new Set<string>();
        call.store.resources.set(event.id, { event, seen, credited: '0' });
      }
      await correct.handle(call, recipe);
    },
  }),
});
