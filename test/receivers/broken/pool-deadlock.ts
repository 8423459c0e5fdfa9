import { setTimeout as wait } from 'node:timers/promises';
import { broken } from '../broken-receiver.js';

export default broken({
  rule: 'acknowledgement/burst',
  bug: 'Takes a second database connection while it holds the first: as soon as ten come at once, all wait for ever.',
  recipe: (correct) => {
    const pool = createPool(10);
    return {
      work: async (event, store) => {
        await pool.take();
        await correct.work(event, store);
        await wait(50, undefined, { ref: false });
        await pool.take();
        pool.give();
        pool.give();
      },
    };
  },
});

function createPool(size: number) {
  const waiting: (() => void)[] = [];
  let free = size;
  return {
    take: (): Promise<void> => {
      free -= 1;
      return free >= 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
    },
    give: (): void => {
      free += 1;
      waiting.shift()?.();
    },
  };
}
