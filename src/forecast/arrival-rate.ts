/** The units that a rate can be said in, each with its milliseconds. */
export const RATE_UNITS = {
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
} as const;

export type RateUnit = keyof typeof RATE_UNITS;

/** Web hooks, or attempts, in a stretch of time: an exact fraction, and the unit it was said in. */
export interface ArrivalRate {
  readonly count: bigint;
  readonly perMs: bigint;
  readonly unit: RateUnit;
}

/** A decimal number a unit of time, exactly: `rateOf('2.5', 'min')`. */
export function rateOf(decimal: string, unit: RateUnit): ArrivalRate {
  const [whole = '', fraction = ''] = decimal.split('.');
  const count = BigInt(`${whole}${fraction}`);
  const perMs = BigInt(RATE_UNITS[unit]) * 10n ** BigInt(fraction.length);
  const common = greatestCommonDivisor(count, perMs);
  return { count: count / common, perMs: perMs / common, unit };
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  return other === 0n ? one : greatestCommonDivisor(other, one % other);
}
