import { isSpace } from './tokens.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The bytes without the white space that stands outside strings; JSON or not, nothing else changes. */
export function minify(bytes: Uint8Array): Uint8Array {
  const kept = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (!inString && isSpace(byte)) continue;
    kept[length] = byte;
    length += 1;
    if (byte === QUOTE) inString = !inString;
    else if (byte === BACKSLASH && inString && at + 1 < bytes.length) {
      at += 1;
      kept[length] = bytes[at] ?? 0;
      length += 1;
    }
  }
  return kept.subarray(0, length);
}
