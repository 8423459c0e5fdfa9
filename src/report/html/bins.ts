/** Counts by place on an axis, of as many things as there are, in bounded memory. */
export interface Bins {
  /** Counts one thing of this category at this place. */
  add(place: number, category: string): void;
  readonly total: number;
  readonly first: number;
  readonly last: number;
  /** The places that something was counted at, in order, with the counts by category. */
  entries(): readonly Bin[];
}

export interface Bin {
  /** The middle of the places that are counted together. */
  readonly place: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** Enough for a picture to be sharp, and few enough to be written down. */
const MOST_BINS = 4_096;

/** Things are counted together from `width` on; wherever there are too many bins, it doubles. */
export function createBins(width = 1, mostBins = MOST_BINS): Bins {
  let bins = new Map<number, Map<string, number>>();
  let wide = width;
  let total = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;

  function addTo(key: number, category: string, count: number): void {
    const counts = bins.get(key) ?? new Map<string, number>();
    bins.set(key, counts);
    counts.set(category, (counts.get(category) ?? 0) + count);
  }

  function widen(): void {
    const narrow = bins;
    bins = new Map();
    wide *= 2;
    for (const [key, counts] of narrow) {
      for (const [category, count] of counts) addTo(Math.floor(key / 2), category, count);
    }
  }

  return {
    add: (place, category) => {
      addTo(Math.floor(place / wide), category, 1);
      while (bins.size > mostBins) widen();
      total += 1;
      first = Math.min(first, place);
      last = Math.max(last, place);
    },
    get total() {
      return total;
    },
    get first() {
      return first;
    },
    get last() {
      return last;
    },
    entries: () =>
      [...bins]
        .sort(([one], [other]) => one - other)
        .map(([key, counts]) => ({ place: middle(key), counts })),
  };

  function middle(key: number): number {
    return Math.min(last, Math.max(first, wide === width ? key * wide : (key + 0.5) * wide));
  }
}
