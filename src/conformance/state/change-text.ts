import { type ExactNumber, rounded, shortText } from '../../json/exact-number.js';

const CHANGE_DIGITS = 9;

/** Rounded, because a receiver that adds in floating point is off in its last digits. */
export function changeText(change: ExactNumber): string {
  return shortText(rounded(change, CHANGE_DIGITS));
}
