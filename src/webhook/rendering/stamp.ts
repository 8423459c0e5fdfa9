import { putDecimal } from './ascii.js';

/** A time in UTC, and how many digits of its milliseconds are written: 0 to 3. */
export interface Stamp {
  readonly ms: number;
  readonly msDigits: number;
}

const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d*)?Z$/;

/** Reads a time stamp with any number of fraction digits; `undefined` when it is none. */
export function parseStamp(text: string): Stamp | undefined {
  const [match, seconds, fraction = ''] = STAMP.exec(text) ?? [];
  if (match === undefined) return undefined;
  const ms = Date.parse(`${seconds}Z`) + Number(fraction.padEnd(3, '0'));
  return { ms, msDigits: fraction.length };
}

/**
 * Writes a time over a time stamp of the same form. What the stamp has beyond milliseconds stays:
 * those digits are the sample's own.
 */
export function putStamp(target: Uint8Array, at: number, ms: number, msDigits: number): void {
  const date = new Date(ms);
  putDecimal(target, at, date.getUTCFullYear(), 4);
  putDecimal(target, at + 5, date.getUTCMonth() + 1, 2);
  putDecimal(target, at + 8, date.getUTCDate(), 2);
  putDecimal(target, at + 11, date.getUTCHours(), 2);
  putDecimal(target, at + 14, date.getUTCMinutes(), 2);
  putDecimal(target, at + 17, date.getUTCSeconds(), 2);
  const fraction = Math.floor(date.getUTCMilliseconds() / 10 ** (3 - msDigits));
  putDecimal(target, at + 20, fraction, msDigits);
}

/** The time as far as that many digits can tell it. */
export function truncatedMs(ms: number, msDigits: number): number {
  const unitMs = 10 ** (3 - msDigits);
  return Math.floor(ms / unitMs) * unitMs;
}
