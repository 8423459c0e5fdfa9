/** Says of each value, by its codes and facts, whether it comes for the first time. */
export function firstOnes(): (value: object) => boolean {
  const known = new Set<string>();
  return (value) => {
    const before = known.size;
    return known.add(JSON.stringify(value)).size > before;
  };
}

/** What is alike stands together, by codes and facts: in the order of the first of each. */
export function groupedBy<Item>(
  items: readonly Item[],
  what: (item: Item) => object,
): readonly (readonly [Item, ...Item[]])[] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const key = JSON.stringify(what(item));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
