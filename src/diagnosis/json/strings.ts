/** How a language escapes the characters of a JSON string. */
export interface StringStyle {
  /** 1 for every byte that is not simply copied. */
  readonly special: Uint8Array;
  /** The same with the quote and the backslash, where reading a string has to stop in any case. */
  readonly stops: Uint8Array;
  /** How each ASCII character is written. */
  readonly ascii: readonly string[];
  readonly hex: 'lower' | 'upper';
  readonly beyondAscii: 'raw' | 'escaped';
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
  readonly beyondAscii?: 'raw' | 'escaped';
  readonly lineSeparators?: 'raw' | 'escaped';
  /** Whether what is escaped already stays so, letter for letter. */
  readonly escapes?: 'rewritten' | 'kept';
}

function stopsOf(special: Uint8Array): Uint8Array {
  return Uint8Array.from(special).fill(1, 0x22, 0x23).fill(1, 0x5c, 0x5d);
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
  if (lineSeparators === 'escaped') special[0xe2] = 1;
  if (escapes === 'kept') special[BACKSLASH] = 0;
  return { special, stops: stopsOf(special), ascii, hex, beyondAscii, lineSeparators, escapes };
}

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

/** What the style writes for the character, or the escape, at `at`; one character a byte. */
export function rewriteCharacter(text: string, at: number, style: StringStyle): string {
  if (text.charCodeAt(at) === BACKSLASH) return written(escapedCode(text, at), style);
  const code = codeAt(text, at);
  if (code !== INVALID) return written(code, style);
  return style.beyondAscii === 'escaped' ? written(0xfffd, style) : text.charAt(at);
}

/** How long it is in the text. */
export function sizeOfCharacter(text: string, at: number): number {
  if (text.charCodeAt(at) !== BACKSLASH) {
    const code = codeAt(text, at);
    return code === INVALID ? 1 : utf8Size(code);
  }
  if (text.charCodeAt(at + 1) !== LETTER_U) return 2;
  return escapedCode(text, at) > 0xffff ? 12 : 6;
}

function written(code: number, style: StringStyle): string {
  if (code < 0x80) return style.ascii[code] ?? '';
  if (isEscaped(code, style)) return unicodeEscape(code, style.hex);
  return Buffer.from(String.fromCodePoint(code)).toString('latin1');
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

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
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
