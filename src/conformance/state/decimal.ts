/** An exact decimal number: `units` times ten to the power of minus `scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;
const CHANGE_DIGITS = 9;

/** Reads a number as it is written in JSON; `undefined` for any other text. */
export function parseDecimal(text: string): Decimal | undefined {
  const [match, sign, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (match === undefined) return undefined;
  const units = BigInt(`${sign}${whole}${fraction}`);
  return rescaled(units, fraction.length - Number(exponent));
}

/** The shortest text of the number: `1.50` and `15e-1` are both `1.5`. */
export function decimalText({ units, scale }: Decimal): string {
  const sign = units < 0n ? '-' : '';
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`.replace(/^-0$/, '0');
}

export function minus(one: Decimal, other: Decimal): Decimal {
  const scale = Math.max(one.scale, other.scale);
  return { units: atScale(one, scale) - atScale(other, scale), scale };
}

export function isSame(one: Decimal, other: Decimal): boolean {
  return minus(one, other).units === 0n;
}

/** Rounded, because a receiver that adds in floating point is off in its last digits. */
export function changeText(change: Decimal): string {
  if (change.scale <= CHANGE_DIGITS) return decimalText(change);
  const divisor = 10n ** BigInt(change.scale - CHANGE_DIGITS);
  const half = change.units < 0n ? -divisor / 2n : divisor / 2n;
  const units = (change.units + half) / divisor;
  return decimalText({ units, scale: CHANGE_DIGITS });
}

/** Near enough to reason about proportions; never used for equality. */
export function roughly(value: Decimal): number {
  return Number(decimalText(value));
}

function rescaled(units: bigint, scale: number): Decimal {
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

function atScale({ units, scale }: Decimal, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale);
}
