import {
  digitsText,
  fullText,
  NOTHING,
  parseAmount,
  parseExact,
  signText,
} from '../../json/exact-number.js';

/**
 * How a language writes a JSON number it has read: from the number's text to the text written.
 * Whole numbers of up to 15 digits come out as they went in everywhere but with `floatsOnly`.
 */
export interface NumberStyle {
  readonly write: (text: string) => string;
  /** Short numbers, too, may come out otherwise: as floating point, or with digits of no use. */
  readonly floatsOnly: boolean;
}

/** ECMAScript Number::toString; JSON has no -0 and no infinity there. */
export const javascriptNumbers: NumberStyle = {
  write: (text) => javascriptNumber(Number(text)),
  floatsOnly: false,
};

/** Go's encoding/json writes float64 as ECMAScript does, but keeps the sign of -0. */
export const goNumbers: NumberStyle = {
  write: (text) => (Object.is(Number(text), -0) ? '-0' : String(Number(text))),
  floatsOnly: false,
};

/** Python: whole numbers of any size, floats by repr. */
export const pythonNumbers: NumberStyle = {
  write: (text) => (isWhole(text) ? withoutMinusZero(text) : pythonFloat(Number(text))),
  floatsOnly: false,
};

/** Ruby: whole numbers of any size, Float#to_s. */
export const rubyNumbers: NumberStyle = {
  write: (text) => (isWhole(text) ? withoutMinusZero(text) : rubyFloat(Number(text))),
  floatsOnly: false,
};

/** PHP 7.1 and later with serialize_precision -1: 64-bit whole numbers, floats without `.0`. */
export const phpNumbers: NumberStyle = {
  write: (text) => (isInt64(text) ? withoutMinusZero(text) : phpFloat(Number(text))),
  floatsOnly: false,
};

/** The same with JSON_PRESERVE_ZERO_FRACTION. */
export const phpNumbersWithFraction: NumberStyle = {
  write: (text) => (isInt64(text) ? withoutMinusZero(text) : withFraction(phpFloat(Number(text)))),
  floatsOnly: false,
};

/** PHP with serialize_precision 17, the default before 7.1, which shows 149.72034 as 149.72033999999999. */
export const phpNumbers17: NumberStyle = {
  write: (text) => (isInt64(text) ? withoutMinusZero(text) : phpFloatIn(Number(text), 17)),
  floatsOnly: true,
};

/** PHP with precision 14, as echo and old versions of json_encode round. */
export const phpNumbers14: NumberStyle = {
  write: (text) => (isInt64(text) ? withoutMinusZero(text) : phpFloatIn(Number(text), 14)),
  floatsOnly: false,
};

/** jq up to 1.6: every number is a double, with exponents as C prints them, but from later on. */
export const jqNumbers: NumberStyle = {
  write: (text) => {
    const shortest = decimal(Number(text));
    return cFloat(Number(text), shortest, shortest.digits.length + 15);
  },
  floatsOnly: false,
};

/** Perl: 64-bit whole numbers, floats with 15 digits as C prints them. */
export const perlNumbers: NumberStyle = {
  write: (text) => (isInt64(text) ? text : cFloat(Number(text), rounded(Number(text), 15), 15)),
  floatsOnly: false,
};

/** Fractions with all 17 digits that a double may have, cut down to the fewest that give it back. */
export const shortenedNumbers: NumberStyle = {
  write: (text) => (isLengthened(text) ? String(Number(text)) : text),
  floatsOnly: false,
};

/** Exponents as JavaScript and Java have them, where C, Python and Ruby pad them: `1e-07`. */
export const unpaddedNumbers: NumberStyle = {
  write: (text) => text.replace(/e([+-]?)0*(?=\d)/i, (_, sign) => `e${sign}`),
  floatsOnly: false,
};

/** Java's BigDecimal.toString: exponents from 1E-7 down, every digit kept. */
export const javaBigDecimals: NumberStyle = { write: bigDecimal, floatsOnly: false };

/** PostgreSQL's numeric: no exponents, every digit kept. */
export const plainNumbers: NumberStyle = {
  write: (text) => (/e/i.test(text) ? expanded(text) : text),
  floatsOnly: false,
};

/** Java: whole numbers of any size, Double.toString. */
export const javaNumbers: NumberStyle = {
  write: (text) => (isWhole(text) ? withoutMinusZero(text) : javaDouble(Number(text))),
  floatsOnly: false,
};

/** Java where every number became a Double, as in Gson's maps. */
export const javaDoubles: NumberStyle = {
  write: (text) => javaDouble(Number(text)),
  floatsOnly: true,
};

/** Whole numbers written as floats: `1` as `1.0`. */
export const wholeAsFloats: NumberStyle = {
  write: (text) => (isWhole(text) ? `${text}.0` : text),
  floatsOnly: true,
};

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);
/** With the sign. Longer ones are not read: that would take long for a million digits. */
const MAX_INT64_CHARACTERS = 20;

export function isWhole(text: string): boolean {
  return /^-?\d+$/.test(text);
}

export function isInt64(text: string): boolean {
  if (text.length > MAX_INT64_CHARACTERS || !isWhole(text)) return false;
  const value = BigInt(text);
  return value >= MIN_INT64 && value <= MAX_INT64;
}

export function withoutMinusZero(text: string): string {
  return text === '-0' ? '0' : text;
}

function javascriptNumber(value: number): string {
  return Number.isFinite(value) ? String(value) : 'null';
}

function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (isBetween(value, 1e-4, 1e16)) return shownWithFraction(value);
  const { sign, digits, exponent } = decimal(value);
  if (exponent >= -4 && exponent < 16) return sign + withFraction(plain(digits, exponent));
  return `${sign}${mantissa(digits)}e${signed(exponent, 2)}`;
}

function rubyFloat(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (isBetween(value, 1e-4, 1e15)) return shownWithFraction(value);
  const { sign, digits, exponent } = decimal(value);
  const isPlain = exponent < 15 || exponent < digits.length - 1;
  if (exponent >= -4 && isPlain) return sign + withFraction(plain(digits, exponent));
  return `${sign}${withFraction(mantissa(digits))}e${signed(exponent, 2)}`;
}

function phpFloat(value: number): string {
  if (!Number.isFinite(value)) return '0';
  if (isBetween(value, 1e-4, 1e17)) return String(value);
  const { sign, digits, exponent } = decimal(value);
  if (exponent >= -4 && exponent < 17) return sign + plain(digits, exponent);
  return `${sign}${withFraction(mantissa(digits))}e${signed(exponent, 1)}`;
}

function phpFloatIn(value: number, precision: number): string {
  if (!Number.isFinite(value)) return '0';
  const { sign, digits, exponent } = rounded(value, precision);
  if (exponent >= -4 && exponent < precision) return sign + plain(digits, exponent);
  return `${sign}${withFraction(mantissa(digits))}e${signed(exponent, 1)}`;
}

/** What `%.17g` gives of the number, and more than it needs. */
function isLengthened(text: string): boolean {
  if (isWhole(text)) return false;
  const value = Number(text);
  const { digits } = rounded(value, 17);
  return digits === digitsOf(text) && digits.length > decimal(value).digits.length;
}

/** Those that count, without the zeros around them. */
function digitsOf(text: string): string {
  return digitsText(parseExact(text) ?? NOTHING).replace(/0+$/, '');
}

function cFloat(value: number, { sign, digits, exponent }: FloatDigits, precision: number): string {
  if (!Number.isFinite(value)) return 'null';
  if (exponent >= -4 && exponent < precision) return sign + plain(digits, exponent);
  return `${sign}${mantissa(digits)}e${signed(exponent, 2)}`;
}

/** To so many digits, without the zeros at their end. */
export function rounded(value: number, precision: number): FloatDigits {
  const [coefficient = '0', power = '0'] = Math.abs(value)
    .toExponential(precision - 1)
    .split('e');
  return {
    sign: value < 0 || Object.is(value, -0) ? '-' : '',
    digits: coefficient.replace('.', '').replace(/0+$/, '') || '0',
    exponent: Number(power),
  };
}

function bigDecimal(text: string): string {
  if (isWhole(text)) return withoutMinusZero(text);
  const number = parseExact(text);
  if (number === undefined) return text;
  const { scale } = number;
  const digits = digitsText(number);
  const exponent = digits.length - 1 - scale;
  if (scale >= 0 && exponent >= -6) return fullText(number);
  const power = exponent === 0 ? '' : `E${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
  return `${signText(number)}${mantissa(digits)}${power}`;
}

export function expanded(text: string): string {
  const number = parseAmount(text);
  return number === undefined ? text : fullText(number);
}

function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '"Infinity"' : '"-Infinity"';
  if (isBetween(value, 1e-3, 1e7)) return shownWithFraction(value);
  const { sign, digits, exponent } = decimal(value);
  if (value === 0 || (exponent >= -3 && exponent < 7)) {
    return sign + withFraction(plain(digits, exponent));
  }
  return `${sign}${withFraction(mantissa(digits))}E${exponent}`;
}

/** Where JavaScript shows a number as the language does, but for the fraction; zero is not there. */
function isBetween(value: number, from: number, to: number): boolean {
  const size = Math.abs(value);
  return size >= from && size < to;
}

function shownWithFraction(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

export interface FloatDigits {
  readonly sign: '' | '-';
  /** The fewest digits that give the number back. */
  readonly digits: string;
  /** The power of ten of the first digit. */
  readonly exponent: number;
}

export function decimal(value: number): FloatDigits {
  const [coefficient = '0', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return {
    sign,
    digits: coefficient.replace('.', ''),
    exponent: Number(exponent),
  };
}

export function plain(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return digits.padEnd(exponent + 1, '0');
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

export function mantissa(digits: string): string {
  return digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`;
}

export function withFraction(text: string): string {
  return /[.e]/i.test(text) ? text : `${text}.0`;
}

export function signed(exponent: number, minimumDigits: number): string {
  const size = String(Math.abs(exponent)).padStart(minimumDigits, '0');
  return `${exponent < 0 ? '-' : '+'}${size}`;
}
