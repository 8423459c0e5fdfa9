/** Things that leave in the order they came in, each as soon as it and all before it are ready. */
export interface Outbox<Item> {
  readonly length: number;
  /** The first one can be taken. */
  readonly isReady: boolean;
  push(item: Item): void;
  pushAfter(neighbour: Item, item: Item): void;
  take(): Item | undefined;
}

/** Taken items are let go of in bulk. */
const COMPACT_AT = 1_024;

export function createOutbox<Item>(isReady: (item: Item) => boolean): Outbox<Item> {
  const items: Item[] = [];
  let head = 0;
  const isHeadReady = (): boolean => {
    const first = items[head];
    return first !== undefined && isReady(first);
  };
  return {
    get length() {
      return items.length - head;
    },
    get isReady() {
      return isHeadReady();
    },
    push: (item) => {
      items.push(item);
    },
    pushAfter: (neighbour, item) => {
      items.splice(items.lastIndexOf(neighbour) + 1, 0, item);
    },
    take: () => {
      if (!isHeadReady()) return undefined;
      const item = items[head];
      head += 1;
      if (head === COMPACT_AT) {
        items.splice(0, head);
        head = 0;
      }
      return item;
    },
  };
}
