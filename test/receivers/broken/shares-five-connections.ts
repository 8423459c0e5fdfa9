import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'acknowledgement/burst',
  bug: 'Has five connections to its database and drops the web hooks that find none free.',
  recipe: (correct) => {
    let inUse = 0;
    return {
      handle: async (call, recipe) => {
        if (inUse === 5) return void call.request.socket.destroy();
        inUse += 1;
        await correct.handle(call, recipe).finally(() => {
          inUse -= 1;
        });
      },
    };
  },
});
