/** What a time that the receiver took from its own clock is replaced by. */
export const SOME_TIME = '"(a time)"';

const NEAR_MS = 36 * 3_600_000;
const DATE = /^"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d|")/;
const EPOCH = /^"?\d{10}(?:\.\d+)?"?$|^"?\d{13}(?:\.\d+)?"?$/;

/**
 * Whether a leaf is a time of about now. The bodies we send speak of days ago, so such a time is the
 * receiver's own, and two runs never agree on it.
 */
export function isWallTime(leaf: string, nowMs: number): boolean {
  const ms = timeOf(leaf);
  return ms !== undefined && Math.abs(ms - nowMs) < NEAR_MS;
}

function timeOf(leaf: string): number | undefined {
  const text = leaf.replaceAll('"', '');
  if (DATE.test(leaf)) {
    const ms = Date.parse(text);
    return Number.isNaN(ms) ? undefined : ms;
  }
  if (!EPOCH.test(leaf)) return undefined;
  const number = Number(text);
  return number < 1e11 ? number * 1_000 : number;
}
