/** Names of money. */
const MONEY = /amount|paid|credit|balance|total|received|revenue|funds|money|sum$/i;
/** Of points, coins and days a receiver may give two for one, and whole ones alone. */
const NO_MONEY = /credits$|point|coin|gem|token|bonus|reward|count|quantity|qty|unit|day/i;
/** Of what an order costs, whatever came in. */
const PRICE = /price|sum$|total|due|cost|expected|invoiced|asked|ordered/i;
const CAME_IN = /paid|credit|received|balance/i;

/** Whether the last name of a path is one of what an order costs. */
export function isOfPrice(path: string): boolean {
  return PRICE.test(lastName(path)) && !isOfIncome(path);
}

/** Whether it is one of what came in. */
export function isOfIncome(path: string): boolean {
  return CAME_IN.test(lastName(path));
}

/** Whether the last name of a path is one of money. */
export function isOfMoney(path: string): boolean {
  return MONEY.test(lastName(path)) && !isOfPoints(path);
}

/** Whether it is one of what a receiver gives for money, at a rate of its own. */
export function isOfPoints(path: string): boolean {
  return NO_MONEY.test(lastName(path));
}

function lastName(path: string): string {
  return path.split('.').at(-1) ?? path;
}
