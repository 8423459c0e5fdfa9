import { HookError } from '../errors.js';

const UNITS: Readonly<Record<string, number>> = { b: 1, kib: 2 ** 10, mib: 2 ** 20 };
const SIZE = /^(\d+(?:\.\d+)?)\s*(b|kib|mib)?$/i;
/** A line of the capture file must stay readable in memory. */
const LARGEST_BYTES = 64 * 2 ** 20;

/** Reads `10MiB`, `512KiB` or a plain number of bytes. @throws HookError `bad-flag` */
export function parseByteSize(text: string): number {
  const [, amount, unit = 'b'] = SIZE.exec(text.trim()) ?? [];
  const bytes = Number(amount) * (UNITS[unit.toLowerCase()] ?? Number.NaN);
  if (Number.isInteger(bytes) && bytes >= 1 && bytes <= LARGEST_BYTES) return bytes;
  throw new HookError(
    'bad-flag',
    `\`${text}\` is not a size.`,
    'Write up to 64MiB: a number of bytes, or with a unit: 512KiB, 10MiB.',
  );
}
