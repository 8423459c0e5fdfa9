/** Measures one variant once: a cost, such as milliseconds. */
export type Measure = () => number | Promise<number>;

/** What each variant cost, round by round. */
export type Costs = ReadonlyMap<string, readonly number[]>;

/** Measures every variant once a round, each round in another order, so that noise hits all alike. */
export async function measureRounds(
  rounds: number,
  variants: Readonly<Record<string, Measure>>,
): Promise<Costs> {
  const costs = new Map<string, number[]>(Object.keys(variants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, measure] of shuffled(Object.entries(variants))) {
      costs.get(name)?.push(await measure());
    }
  }
  return costs;
}

/** The median of one variant's cost over another's in the same round. */
export function medianRatio(costs: Costs, name: string, baseline: string): number {
  const base = costsOf(costs, baseline);
  return median(costsOf(costs, name).map((cost, round) => cost / (base[round] ?? Number.NaN)));
}

/** The median of what one variant cost more than another in the same round. */
export function medianExcess(costs: Costs, name: string, baseline: string): number {
  const base = costsOf(costs, baseline);
  return median(costsOf(costs, name).map((cost, round) => cost - (base[round] ?? Number.NaN)));
}

export function medianCost(costs: Costs, name: string): number {
  return median(costsOf(costs, name));
}

function costsOf(costs: Costs, name: string): readonly number[] {
  const found = costs.get(name);
  if (found === undefined) throw new Error(`${name} was not measured`);
  return found;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
