import type { ByteSink } from './byte-sink.js';

/** How a language escapes the characters of a JSON string. */
export interface StringStyle {
  /** 1 for every byte that is not simply copied. */
  readonly special: Uint8Array;
  /** How each ASCII character is written. */
  readonly ascii: readonly string[];
  readonly hex: 'lower' | 'upper';
  readonly beyondAscii: 'raw' | 'escaped';
  /** U+2028 and U+2029, which older JavaScript takes for line ends. */
  readonly lineSeparators: 'raw' | 'escaped';
}

export interface StringRules {
  /** ASCII characters written as \\u00XX besides the control characters. */
  readonly alsoEscaped?: string;
  /** ASCII characters written with a backslash in front. */
  readonly backslashed?: string;
  readonly hex?: 'lower' | 'upper';
  readonly beyondAscii?: 'raw' | 'escaped';
  readonly lineSeparators?: 'raw' | 'escaped';
  /** Whether what is escaped already stays so, letter for letter. */
  readonly escapes?: 'rewritten' | 'kept';
}

/** `"`, `\` and control characters are escaped in any style; the rules say what else is. */
export function stringStyle(rules: StringRules = {}): StringStyle {
  const { hex = 'lower', beyondAscii = 'raw', lineSeparators = 'raw' } = rules;
  const ascii = Array.from({ length: 128 }, (_, code) => asciiText(code, hex, rules));
  const special = new Uint8Array(256).map((_, byte) =>
    byte === BACKSLASH || (byte < 0x80 && ascii[byte]?.length !== 1) ? 1 : 0,
  );
  if (beyondAscii === 'escaped') special.fill(1, 0x80);
  if (lineSeparators === 'escaped') special[0xe2] = 1;
  if (rules.escapes === 'kept') special.fill(0, BACKSLASH, BACKSLASH + 1).fill(0, QUOTE, QUOTE + 1);
  return { special, ascii, hex, beyondAscii, lineSeparators };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const INVALID = -1;
const SHORT_ESCAPES = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
const ESCAPED_CODES = new Map([...'bfnrt'].map((letter, index) => [letter, '\b\f\n\r\t'[index]]));

function asciiText(code: number, hex: 'lower' | 'upper', rules: StringRules): string {
  const character = String.fromCharCode(code);
  if (rules.alsoEscaped?.includes(character)) return unicodeEscape(code, hex);
  if (rules.backslashed?.includes(character)) return `\\${character}`;
  const short = SHORT_ESCAPES.get(character);
  if (short !== undefined) return short;
  return code < 0x20 ? unicodeEscape(code, hex) : character;
}

/** Writes what stands between the quotes from `start` to `end`, decoded and escaped anew. */
export function writeString(
  sink: ByteSink,
  bytes: Uint8Array,
  start: number,
  end: number,
  style: StringStyle,
): void {
  sink.reserve((end - start) * 6);
  let at = start;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (style.special[byte] === 0) {
      sink.byte(byte);
      at += 1;
    } else {
      at += writeSpecial(sink, bytes, at, style);
    }
  }
}

/** Writes one character that may not be copied as it is; gives the bytes read. */
function writeSpecial(sink: ByteSink, bytes: Uint8Array, at: number, style: StringStyle): number {
  if (bytes[at] === BACKSLASH) {
    const code = escapedCode(bytes, at);
    writeCode(sink, code, style);
    if (bytes[at + 1] !== LETTER_U) return 2;
    return code > 0xffff ? 12 : 6;
  }
  const code = codeAt(bytes, at);
  if (code !== INVALID) writeCode(sink, code, style);
  else if (style.beyondAscii === 'escaped') writeCode(sink, 0xfffd, style);
  else sink.byte(bytes[at] ?? 0);
  return code === INVALID ? 1 : utf8Size(code);
}

function writeCode(sink: ByteSink, code: number, style: StringStyle): void {
  if (code < 0x80) return sink.ascii(style.ascii[code] ?? '');
  if (isEscaped(code, style)) return sink.ascii(unicodeEscape(code, style.hex));
  sink.reserve(4);
  for (const byte of Buffer.from(String.fromCodePoint(code))) sink.byte(byte);
}

function isEscaped(code: number, style: StringStyle): boolean {
  if (style.beyondAscii === 'escaped' || isSurrogate(code)) return true;
  return style.lineSeparators === 'escaped' && (code === 0x2028 || code === 0x2029);
}

function unicodeEscape(code: number, hex: 'lower' | 'upper'): string {
  if (code > 0xffff) {
    const pair = String.fromCodePoint(code);
    return unicodeEscape(pair.charCodeAt(0), hex) + unicodeEscape(pair.charCodeAt(1), hex);
  }
  const digits = code.toString(16).padStart(4, '0');
  return `\\u${hex === 'upper' ? digits.toUpperCase() : digits}`;
}

/** The character that the escape at `at` stands for; two \\u escapes of a pair make one. */
function escapedCode(bytes: Uint8Array, at: number): number {
  const letter = String.fromCharCode(bytes[at + 1] ?? 0);
  if (letter !== 'u') return (ESCAPED_CODES.get(letter) ?? letter).charCodeAt(0);
  const first = hexCode(bytes, at + 2);
  const isHigh = first >= 0xd800 && first < 0xdc00;
  if (!isHigh || bytes[at + 6] !== BACKSLASH || bytes[at + 7] !== LETTER_U) return first;
  const second = hexCode(bytes, at + 8);
  if (second < 0xdc00 || second > 0xdfff) return first;
  return 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
}

function hexCode(bytes: Uint8Array, at: number): number {
  const code = Number.parseInt(Buffer.from(bytes.subarray(at, at + 4)).toString('latin1'), 16);
  return Number.isNaN(code) ? 0xfffd : code;
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/** The character whose UTF-8 form starts at `at`, or INVALID. */
function codeAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return lead;
  const size = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (size === 0) return INVALID;
  let code = lead & (0x7f >> size);
  for (let index = 1; index < size; index += 1) {
    const byte = bytes[at + index] ?? 0;
    if ((byte & 0xc0) !== 0x80) return INVALID;
    code = (code << 6) | (byte & 0x3f);
  }
  return utf8Size(code) === size && !isSurrogate(code) ? code : INVALID;
}

function utf8Size(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  if (code < 0x10000) return 3;
  return code <= 0x10ffff ? 4 : 0;
}
