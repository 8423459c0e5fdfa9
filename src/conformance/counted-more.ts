import { minus, signText } from '../json/exact-number.js';
import type { Difference } from './state/difference.js';
import { parseNumber } from './state/oracle.js';

/** Whether more is there than should be: a larger number, a longer list, something where nothing was. */
export function isCountedMore(found: readonly Difference[]): boolean {
  return found.some(({ expected, actual }) => {
    if (actual === undefined || isNoState(actual)) return false;
    if (expected === undefined) return true;
    const [wanted, there] = [numberIn(expected), numberIn(actual)];
    if (wanted !== undefined && there !== undefined) {
      const more = minus(there, wanted);
      return more.units !== 0n && signText(more) === '';
    }
    return items(actual) > items(expected);
  });
}

/** `(answered 404)`, `(nothing yet)`, or what a client of a database prints where there is no row. */
function isNoState(text: string): boolean {
  return text.startsWith('(') || ['{}', '[]', '""', ''].includes(text);
}

/** A change is written with its sign. */
function numberIn(text: string) {
  return parseNumber(text.replace(/^\+/, ''));
}

function items(text: string): number {
  return text.startsWith('[') ? text.split(', ').length : 1;
}
