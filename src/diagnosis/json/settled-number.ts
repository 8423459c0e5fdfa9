import { DOT, NINE, ZERO } from '../../json/characters.js';

const MAX_SETTLED_DIGITS = 15;
const MAX_SETTLED_WHOLE_DIGITS = 7;

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
