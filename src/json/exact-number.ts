/**
 * A JSON number, exactly: `units` times ten to the power of minus `scale`. Zeros at its end are
 * kept, so that `1.50` is 150 hundredths; only -0 is 0.
 */
export interface ExactNumber {
  readonly units: bigint;
  /** How many digits stand behind the point; less than nothing for zeros that an exponent stands for. */
  readonly scale: number;
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
/** Beyond ten to this power, or below, no number is an amount of anything. */
const LARGEST_EXPONENT = 999;

export const NOTHING: ExactNumber = { units: 0n, scale: 0 };

/** Reads a number as it is written in JSON; undefined for any other text. */
export function parseExact(text: string): ExactNumber | undefined {
  const [match, sign, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (match === undefined) return undefined;
  return { units: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length - Number(exponent) };
}

/** The same, but undefined for what is out of all proportion: to add it to another would take forever. */
export function parseAmount(text: string): ExactNumber | undefined {
  const number = parseExact(text);
  return number !== undefined && Math.abs(number.scale) <= LARGEST_EXPONENT + text.length
    ? number
    : undefined;
}

export function plus(one: ExactNumber, other: ExactNumber): ExactNumber {
  const scale = Math.max(one.scale, other.scale);
  return { units: unitsAt(one, scale) + unitsAt(other, scale), scale };
}

export function minus(one: ExactNumber, other: ExactNumber): ExactNumber {
  return plus(one, times(other, -1));
}

/** The factor is a whole number. */
export function times({ units, scale }: ExactNumber, factor: number): ExactNumber {
  return { units: units * BigInt(factor), scale };
}

export function isSame(one: ExactNumber, other: ExactNumber): boolean {
  return minus(one, other).units === 0n;
}

/** The shortest text without an exponent: `1.50` and `15e-1` are both `1.5`. */
export function shortText(number: ExactNumber): string {
  const text = fullText(number);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Its digits, without leading zeros, a sign or a point. */
export function digitsText({ units }: ExactNumber): string {
  return String(units < 0n ? -units : units);
}

export function signText({ units }: ExactNumber): '' | '-' {
  return units < 0n ? '-' : '';
}

/** The text without an exponent that keeps every digit: `1.50` stays so. */
export function fullText(number: ExactNumber): string {
  const { units, scale } = number;
  const sign = signText(number);
  const digits = digitsText(number);
  if (scale <= 0) return units === 0n ? '0' : `${sign}${digits}${'0'.repeat(-scale)}`;
  const padded = digits.padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** Half a unit is rounded away from zero. */
export function rounded({ units, scale }: ExactNumber, wanted: number): ExactNumber {
  if (scale <= wanted) return { units, scale };
  const divisor = 10n ** BigInt(scale - wanted);
  const half = units < 0n ? -divisor / 2n : divisor / 2n;
  return { units: (units + half) / divisor, scale: wanted };
}

/** Near enough to reason about proportions; never used for equality. */
export function roughly(number: ExactNumber): number {
  return Number(shortText(number));
}

function unitsAt({ units, scale }: ExactNumber, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale);
}
