import { isObject, listOf, memberOf } from '../json-value.js';
import { malformed } from '../record.js';

const PRINTED_BUFFER = /^<Buffer((?: [0-9a-f]{2})*)>$/;

const PRINTED_IN_PART = /^<Buffer(?: [0-9a-f]{2}){1,200} \.\.\. \d+ more bytes?>$/;

export const CUT_BUFFER = malformed(
  'Node prints the first 50 bytes of a Buffer, and the log holds no more of the body.',
  'Log the text of the body: body.toString().',
);

/** True where Node has printed such a one among other things. */
export function holdsCutBuffer(text: string): boolean {
  return /<Buffer(?: [0-9a-f]{2}){50} \.\.\. \d+ more bytes?>/.test(text);
}

/** True for what Node prints of a Buffer of more than 50 bytes. */
export function isCutBuffer(text: string): boolean {
  return PRINTED_IN_PART.test(text);
}

/**
 * The bytes of a Buffer that a program put into a log: `{"type":"Buffer","data":[…]}`, the members
 * `{"0":123,…}` of a typed array, a list of numbers, or `<Buffer 7b 22>`; undefined for anything else.
 */
export function loggedBytes(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return printedBytes(value);
  const listed = listOf(value);
  if (listed !== undefined) return listed.length === 0 ? undefined : bytesOf(listed);
  if (!isObject(value)) return undefined;
  const data = memberOf(value, 'type') === 'Buffer' ? listOf(memberOf(value, 'data')) : undefined;
  return data === undefined ? typedArrayBytes(value) : bytesOf(data);
}

function printedBytes(text: string): Uint8Array | undefined {
  const digits = PRINTED_BUFFER.exec(text)?.[1];
  return digits === undefined ? undefined : Buffer.from(digits.replaceAll(' ', ''), 'hex');
}

function typedArrayBytes(value: object): Uint8Array | undefined {
  const entries = Object.entries(value);
  const isArray = entries.length > 0 && entries.every(([key], index) => key === String(index));
  return isArray ? bytesOf(entries.map(([, item]) => item)) : undefined;
}

function bytesOf(items: readonly unknown[]): Uint8Array | undefined {
  return items.every(isByte) ? Uint8Array.from(items) : undefined;
}

function isByte(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
}
