/** Exact decimals as text: money is never a binary fraction here. */

interface Scaled {
  readonly units: bigint;
  /** Digits after the point that `units` counts. */
  readonly places: number;
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** The exact sum, without an exponent and without needless zeros. */
export function add(left: string, right: string): string {
  const [one, other] = [scaled(left), scaled(right)];
  const places = Math.max(one.places, other.places);
  return written({ units: raised(one, places) + raised(other, places), places });
}

/** The same number without an exponent and without needless zeros: `1.50` and `15e-1` are `1.5`. */
export function plain(text: string): string {
  return written(scaled(text));
}

function scaled(text: string): Scaled {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (whole === '') throw new Error(`${text} is not a number.`);
  const units = BigInt(sign + whole + fraction);
  const places = fraction.length - Number(exponent);
  return places < 0 ? { units: units * 10n ** BigInt(-places), places: 0 } : { units, places };
}

function raised({ units, places }: Scaled, to: number): bigint {
  return units * 10n ** BigInt(to - places);
}

function written({ units, places }: Scaled): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
