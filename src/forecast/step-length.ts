const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Lengths that are read easily on an axis. */
const LENGTHS_MS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 5, 10, 30, 100, 300, 1_000].map((days) => days * DAY_MS),
];

const LONGEST_MS = 1_000 * DAY_MS;

/** Steps of a series, about as many at most. */
const MOST_STEPS = 200;

/** Fewer web hooks in a step, and the series shows each of them rather than how many there are. */
const FEWEST_IN_A_STEP = 4;

/** The shortest length of which a stretch of time holds few enough, and that is not next to empty. */
export function stepLengthFor(stretchMs: number, spacingMs: number): number {
  const leastMs = Math.max(stretchMs / MOST_STEPS, spacingMs * FEWEST_IN_A_STEP);
  return LENGTHS_MS.find((lengthMs) => lengthMs >= leastMs) ?? LONGEST_MS;
}
