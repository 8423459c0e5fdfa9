import { digitsText, parseExact, signText } from '../../json/exact-number.js';
import {
  decimal,
  expanded,
  type FloatDigits,
  isInt64,
  isWhole,
  mantissa,
  type NumberStyle,
  plain,
  rounded,
  rubyNumbers,
  signed,
  withFraction,
  withoutMinusZero,
} from './numbers.js';

/** How a library shows floating point. */
interface FloatForm {
  /** The powers of ten of the first digit that need no exponent: from this one on, before that one. */
  readonly plainFrom: number;
  readonly plainBefore: number;
  /** What follows the digits otherwise. */
  readonly power: (exponent: number) => string;
  /** Whole numbers keep a zero behind the point. */
  readonly fraction: 'kept' | 'dropped';
}

const shortPower = (exponent: number) => `e${exponent}`;
const signedPower = (exponent: number) => `e${signed(exponent, 1)}`;
const paddedPower = (exponent: number) => `e${signed(exponent, 2)}`;
const capitalPower = (exponent: number) => `E${signed(exponent, 2)}`;

/** System.Text.Json: `1` for 1.0, `1E-07`. */
export const dotnetNumbers = floats(isInt64, decimal, {
  plainFrom: -4,
  plainBefore: 17,
  power: capitalPower,
  fraction: 'dropped',
});

/** Json.NET: `1.0`, `1E-07`. */
export const newtonsoftNumbers = floats(isWhole, decimal, {
  plainFrom: -4,
  plainBefore: 15,
  power: capitalPower,
  fraction: 'kept',
});

/** Json.NET that reads numbers as decimals: no exponents, every digit kept. */
export const newtonsoftDecimals: NumberStyle = {
  write: (text) => (/e/i.test(text) ? withFraction(expanded(text)) : text),
  floatsOnly: false,
};

/** serde_json: `1.0`, `1e-7`, `1e16`. */
export const rustNumbers = floats(isUint64, decimal, {
  plainFrom: -5,
  plainBefore: 16,
  power: shortPower,
  fraction: 'kept',
});

/** orjson of Python, which writes `1e+16` from 3.12 on. */
export const orjsonNumbers = floats(isUint64, decimal, {
  plainFrom: -5,
  plainBefore: 16,
  power: signedPower,
  fraction: 'kept',
});

/** ujson of Python. */
export const ujsonNumbers = floats(isWhole, decimal, {
  plainFrom: -4,
  plainBefore: 16,
  power: signedPower,
  fraction: 'kept',
});

/** nlohmann's library for C++. */
export const nlohmannNumbers = floats(isUint64, decimal, {
  plainFrom: -4,
  plainBefore: 15,
  power: paddedPower,
  fraction: 'kept',
});

/** Jansson for C: all 17 digits, whether they are needed or not. */
export const janssonNumbers: NumberStyle = {
  ...floats(isInt64, (value) => rounded(value, 17), {
    plainFrom: -4,
    plainBefore: 17,
    power: shortPower,
    fraction: 'kept',
  }),
  floatsOnly: true,
};

/** Cpanel::JSON::XS, which keeps `1.0` where Perl's other modules write `1`. */
export const perlNumbersWithFraction = floats(isInt64, (value) => rounded(value, 15), {
  plainFrom: -4,
  plainBefore: 15,
  power: paddedPower,
  fraction: 'kept',
});

/** Oj of Ruby, which knows no exponent for what a 64-bit whole number can hold. */
export const ojNumbers: NumberStyle = {
  write: (text) => {
    const value = Number(text);
    const isPlain = !isWhole(text) && Number.isInteger(value) && Math.abs(value) < 2 ** 63;
    return isPlain ? `${BigInt(value)}.0` : rubyNumbers.write(text);
  },
  floatsOnly: false,
};

/** MySQL's JSON columns. */
export const mysqlNumbers = floats(isUint64, decimal, {
  plainFrom: -15,
  plainBefore: 15,
  power: shortPower,
  fraction: 'kept',
});

/** JSON_NORMALIZE of MariaDB: `1.0E1`, every digit kept. */
export const mariadbNormalNumbers: NumberStyle = { write: normalised, floatsOnly: true };

function floats(
  isKept: (text: string) => boolean,
  digitsOf: (value: number) => FloatDigits,
  form: FloatForm,
): NumberStyle {
  return {
    write: (text) =>
      isKept(text) ? withoutMinusZero(text) : floatText(digitsOf(Number(text)), form),
    floatsOnly: false,
  };
}

function floatText({ sign, digits, exponent }: FloatDigits, form: FloatForm): string {
  if (exponent < form.plainFrom || exponent >= form.plainBefore) {
    return `${sign}${mantissa(digits)}${form.power(exponent)}`;
  }
  const text = sign + plain(digits, exponent);
  return form.fraction === 'kept' ? withFraction(text) : text;
}

const MAX_UINT64 = 2n ** 64n - 1n;

function isUint64(text: string): boolean {
  return isInt64(text) || (/^\d{19,20}$/.test(text) && BigInt(text) <= MAX_UINT64);
}

/** A number that is longer is no amount of anything. */
const MAX_DIGITS = 400;

function normalised(text: string): string {
  const number = text.length > MAX_DIGITS ? undefined : parseExact(text);
  if (number === undefined) return text;
  const { units, scale } = number;
  const digits = digitsText(number);
  const shown = withFraction(mantissa(digits.replace(/0+$/, '') || '0'));
  return `${signText(number)}${shown}E${units === 0n ? 0 : digits.length - 1 - scale}`;
}
