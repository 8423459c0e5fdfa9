const OPENING = /[bBuU]?(['"`])/y;
const NEXT = /["'`\\\n]/g;
const ESCAPE =
  /\\(?:x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|(.))/y;
const JOINED = /\s*(?:\+\s*)?(?=[bBuU]?['"`])/y;
const MEANINGS: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  '0': '\0',
};
const LAST_CODE_POINT = 0x10ffff;

interface PrintedString {
  /** Bytes for what Python prints as `b'…'`. */
  readonly value: string | Uint8Array;
  readonly end: number;
}

/** Reads a string as Python and Node print it; Node breaks long ones up with
 * `+`, Python with nothing but space. */
export function readPrintedString(text: string, start: number): PrintedString | undefined {
  let piece = readPiece(text, start);
  if (piece === undefined) return undefined;
  const parts = [piece.text];
  for (;;) {
    JOINED.lastIndex = piece.end;
    const next = JOINED.test(text) ? readPiece(text, JOINED.lastIndex) : undefined;
    if (next === undefined) break;
    piece = next;
    parts.push(piece.text);
  }
  const joined = parts.join('');
  const isBytes = /[bB]/.test(text[start] ?? '');
  return { value: isBytes ? Buffer.from(joined, 'latin1') : joined, end: piece.end };
}

function readPiece(text: string, start: number) {
  OPENING.lastIndex = start;
  const quote = OPENING.exec(text)?.[1];
  if (quote === undefined) return undefined;
  const parts: string[] = [];
  let at = OPENING.lastIndex;
  for (;;) {
    NEXT.lastIndex = at;
    const found = NEXT.exec(text);
    if (found === null) return undefined;
    parts.push(text.slice(at, found.index));
    if (found[0] === quote) return { text: parts.join(''), end: NEXT.lastIndex };
    const escaped = found[0] === '\\' ? readEscape(text, found.index) : undefined;
    if (found[0] === '\\' && escaped === undefined) return undefined;
    if (found[0] === '\n' && quote !== '`') return undefined;
    parts.push(escaped?.text ?? found[0]);
    at = escaped?.end ?? NEXT.lastIndex;
  }
}

function readEscape(text: string, at: number) {
  ESCAPE.lastIndex = at;
  const found = ESCAPE.exec(text);
  if (found === null) return undefined;
  const [, byte, point, unit, wide, octal, letter = ''] = found;
  const hex = byte ?? point ?? unit ?? wide;
  const code = hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16);
  if (code > LAST_CODE_POINT) return undefined;
  const meaning = Number.isNaN(code) ? (MEANINGS[letter] ?? letter) : String.fromCodePoint(code);
  return { text: meaning, end: ESCAPE.lastIndex };
}
