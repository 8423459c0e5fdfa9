/** Where the number that starts at `start` ends. */
export function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (IN_NUMBERS[text.charCodeAt(end)] === 1) end += 1;
  return end;
}

const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const MAX_SETTLED_DIGITS = 15;
const MAX_SETTLED_WHOLE_DIGITS = 7;
const IN_NUMBERS = new Uint8Array(256).map((_, code) =>
  '0123456789.+-eE'.includes(String.fromCharCode(code)) ? 1 : 0,
);

/**
 * True for what every language writes as it was: whole numbers of few digits, and fractions of the
 * middle sizes that end in no zero. Almost all numbers are such, and need not be converted.
 */
export function isSettled(text: string, start: number, end: number): boolean {
  if (end - start > MAX_SETTLED_DIGITS) return false;
  let dot = end;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === DOT) dot = at;
    else if (code < ZERO || code > NINE) return false;
  }
  if (dot === end) return true;
  const isSmallEnough = dot - start <= MAX_SETTLED_WHOLE_DIGITS;
  if (!isSmallEnough || text.charCodeAt(end - 1) === ZERO) return false;
  return text.charCodeAt(start) !== ZERO || text.charCodeAt(dot + 1) !== ZERO;
}
