/** Work on one key goes one after the other; work on different keys side by side. */
export interface Locks {
  exclusive<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function createLocks(): Locks {
  const tails = new Map<string, Promise<unknown>>();
  return {
    exclusive: (key, work) => {
      const turn = (tails.get(key) ?? Promise.resolve()).then(work, work);
      const tail = turn.catch(() => {});
      tails.set(key, tail);
      void tail.then(() => tails.get(key) === tail && tails.delete(key));
      return turn;
    },
  };
}
