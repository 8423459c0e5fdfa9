/** The first of every sort before the second of any, otherwise as they come. */
export function sortsInTurn<Item>(
  items: readonly Item[],
  sortOf: (item: Item) => string | number,
): readonly Item[] {
  const seen = new Map<string | number, number>();
  return items
    .map((item) => {
      const sort = sortOf(item);
      const rank = seen.get(sort) ?? 0;
      seen.set(sort, rank + 1);
      return { item, rank };
    })
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}
