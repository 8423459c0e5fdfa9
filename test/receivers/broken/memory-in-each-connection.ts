import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'idempotency/duplicate-in-sequence',
  bug: 'Remembers what came over a connection for as long as the connection lives.',
  recipe: (correct) => {
    const connections = new WeakMap<object, Set<string>>();
    return {
      handle: (call, recipe) => {
        const memory = connections.get(call.request.socket) ?? new Set();
        connections.set(call.request.socket, memory);
        return correct.handle({ ...call, store: { ...call.store, memory } }, recipe);
      },
    };
  },
});
