import { BACKSLASH, QUOTE } from '../../json/characters.js';
import { codePointAt, isSurrogate } from '../../json/string-characters.js';

/** How a language escapes the characters of a JSON string. */
export interface StringStyle {
  /** 1 for every byte that is not simply copied. */
  readonly special: Uint8Array;
  /** The same with the quote and the backslash, where reading a string has to stop in any case. */
  readonly stops: Uint8Array;
  /** How each ASCII character is written. */
  readonly ascii: readonly string[];
  readonly hex: 'lower' | 'upper';
  /** `pairs` escapes what UTF-16 needs two units for. */
  readonly beyondAscii: 'raw' | 'escaped' | 'pairs';
  /** U+2028 and U+2029, which older JavaScript takes for line ends. */
  readonly lineSeparators: 'raw' | 'escaped';
  /** Whether what is escaped already stays so, letter for letter. */
  readonly escapes: 'rewritten' | 'kept';
}

export interface StringRules {
  /** ASCII characters written as \\u00XX besides the control characters. */
  readonly alsoEscaped?: string;
  /** ASCII characters written with a backslash in front. */
  readonly backslashed?: string;
  readonly hex?: 'lower' | 'upper';
  readonly beyondAscii?: 'raw' | 'escaped' | 'pairs';
  readonly lineSeparators?: 'raw' | 'escaped';
  /** Whether what is escaped already stays so, letter for letter. */
  readonly escapes?: 'rewritten' | 'kept';
}

function stopsOf(special: Uint8Array): Uint8Array {
  return Uint8Array.from(special)
    .fill(1, QUOTE, QUOTE + 1)
    .fill(1, BACKSLASH, BACKSLASH + 1);
}

/** Everything as it stands. */
export const verbatimStrings: StringStyle = {
  special: new Uint8Array(256),
  stops: stopsOf(new Uint8Array(256)),
  ascii: Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  hex: 'lower',
  beyondAscii: 'raw',
  lineSeparators: 'raw',
  escapes: 'kept',
};

/** `"`, `\` and control characters are escaped in any style; the rules say what else is. */
export function stringStyle(rules: StringRules = {}): StringStyle {
  const { hex = 'lower', beyondAscii = 'raw', lineSeparators = 'raw' } = rules;
  const { escapes = 'rewritten' } = rules;
  const ascii = Array.from({ length: 128 }, (_, code) => asciiText(code, hex, rules));
  const special = new Uint8Array(256).map((_, byte) =>
    byte < 0x80 && ascii[byte]?.length !== 1 ? 1 : 0,
  );
  if (beyondAscii === 'escaped') special.fill(1, 0x80);
  if (beyondAscii === 'pairs') special.fill(1, 0xf0);
  if (lineSeparators === 'escaped') special[0xe2] = 1;
  if (escapes === 'kept') special[BACKSLASH] = 0;
  return { special, stops: stopsOf(special), ascii, hex, beyondAscii, lineSeparators, escapes };
}

const SHORT_ESCAPES = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function asciiText(code: number, hex: 'lower' | 'upper', rules: StringRules): string {
  const character = String.fromCharCode(code);
  if (rules.alsoEscaped?.includes(character)) return unicodeEscape(code, hex);
  if (rules.backslashed?.includes(character)) return `\\${character}`;
  const short = SHORT_ESCAPES.get(character);
  if (short !== undefined) return short;
  return code < 0x20 ? unicodeEscape(code, hex) : character;
}

/** What the style writes for the character, or the escape, at `at`; one character a byte. */
export function rewriteCharacter(text: string, at: number, style: StringStyle): string {
  const code = codePointAt(text, at);
  if (code !== undefined) return written(code, style);
  return style.beyondAscii === 'escaped' ? written(0xfffd, style) : text.charAt(at);
}

function written(code: number, style: StringStyle): string {
  if (code < 0x80) return style.ascii[code] ?? '';
  if (isEscaped(code, style)) return unicodeEscape(code, style.hex);
  return Buffer.from(String.fromCodePoint(code)).toString('latin1');
}

function isEscaped(code: number, style: StringStyle): boolean {
  if (style.beyondAscii === 'escaped' || isSurrogate(code)) return true;
  if (style.beyondAscii === 'pairs' && code > 0xffff) return true;
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
