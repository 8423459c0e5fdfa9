import { BACKSLASH } from './characters.js';

const LETTER_U = 0x75;
const INVALID = -1;
const ESCAPED_CODES = new Map([...'bfnrt'].map((letter, index) => [letter, '\b\f\n\r\t'[index]]));

/**
 * The code point that a character or an escape inside a JSON string stands for. The text holds one
 * character a byte. Undefined where the bytes are no UTF-8.
 */
export function codePointAt(text: string, at: number): number | undefined {
  if (text.charCodeAt(at) === BACKSLASH) return escapedCode(text, at);
  const code = codeAt(text, at);
  return code === INVALID ? undefined : code;
}

/** How many bytes the character or the escape takes. */
export function sizeOfCharacter(text: string, at: number): number {
  if (text.charCodeAt(at) !== BACKSLASH) {
    const code = codeAt(text, at);
    return code === INVALID ? 1 : utf8Size(code);
  }
  if (text.charCodeAt(at + 1) !== LETTER_U) return 2;
  return escapedCode(text, at) > 0xffff ? 12 : 6;
}

export function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/** Two \\u escapes of a pair make one character. */
function escapedCode(text: string, at: number): number {
  const letter = text.charAt(at + 1);
  if (letter !== 'u') return (ESCAPED_CODES.get(letter) ?? letter).charCodeAt(0) || 0;
  const first = hexCode(text, at + 2);
  const isHigh = first >= 0xd800 && first < 0xdc00;
  if (!isHigh || text.slice(at + 6, at + 8) !== '\\u') return first;
  const second = hexCode(text, at + 8);
  if (second < 0xdc00 || second > 0xdfff) return first;
  return 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
}

function hexCode(text: string, at: number): number {
  const digits = text.slice(at, at + 4);
  return /^[0-9a-f]{4}$/i.test(digits) ? Number.parseInt(digits, 16) : 0xfffd;
}

/** The character whose UTF-8 form starts at `at`, or INVALID. */
function codeAt(text: string, at: number): number {
  const lead = text.charCodeAt(at);
  if (lead < 0x80) return lead;
  const size = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (size === 0) return INVALID;
  let code = lead & (0x7f >> size);
  for (let index = 1; index < size; index += 1) {
    const next = text.charCodeAt(at + index);
    if ((next & 0xc0) !== 0x80) return INVALID;
    code = (code << 6) | (next & 0x3f);
  }
  return utf8Size(code) === size && !isSurrogate(code) ? code : INVALID;
}

function utf8Size(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  if (code < 0x10000) return 3;
  return code <= 0x10ffff ? 4 : 0;
}
