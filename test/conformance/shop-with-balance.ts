import { careful, openShop, type Shop } from './shop.js';

/** What a success adds to the balance: by its amount, and how often it has come. */
export type Counting = (amount: number, times: number) => number;

/** Counts a success once, however often it comes. */
export const countedOnce: Counting = (amount, times) => (times === 1 ? amount : 0);

/** A careful shop that shows a balance of all orders beside each, so long after it has changed. */
export function shopWithBalance(counting: Counting, lateMs = 0): Shop {
  let balance = 0;
  const times = new Map<string, number>();
  const shop: Shop = openShop({
    handle: (order, event) => {
      const { id, status, amount } = event;
      const now = careful(order, event);
      if (status !== 'SUCCESS' || now?.status !== 'SUCCESS') return now;
      const time = (times.get(id) ?? 0) + 1;
      times.set(id, time);
      const more = counting(amount, time);
      if (lateMs === 0) balance += more;
      else
        void shop.clock.sleep(lateMs).then(() => {
          balance += more;
        });
      return now;
    },
    view: (order) => ({ ...order, shop: { balance } }),
  });
  return shop;
}
