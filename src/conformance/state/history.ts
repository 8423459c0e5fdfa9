import { CATALOGUE } from '../../webhook/catalogue.js';

const STATUSES = new Set(
  CATALOGUE.kinds.flatMap(({ statuses }) => statuses.map(({ status }) => status)),
);
/** What stands between the entries of a history: `NEW > PENDING`, `created, paid`. */
const BETWEEN = /\s*(?:->|=>|[>→»,;|/])\s*/u;
const BETWEEN_STATUSES = /[^\p{L}_]+/u;
const MOST_ENTRIES = 200;

/** Whether a text is nothing but several statuses of Inqud's, with whatever stands between them. */
export function isHistory(text: string): boolean {
  if (text.length > MOST_ENTRIES * 20) return false;
  const words = statusesIn(text);
  return words.length > 1 && words.every((word) => STATUSES.has(word.toUpperCase()));
}

/** Whether the later text is the earlier one with an entry more, set apart as in a history. */
export function isGrown(earlier: string, later: string): boolean {
  if (earlier.length < 2 || later.length <= earlier.length) return false;
  const rest = later.startsWith(earlier)
    ? later.slice(earlier.length)
    : later.endsWith(earlier) && later.slice(0, -earlier.length);
  if (!rest) return false;
  const parts = rest.split(BETWEEN);
  return parts.length > 1 && (parts[0] === '' || parts.at(-1) === '');
}

/** The entries of a history, as the list that it is. */
export function entriesOf(text: string): readonly string[] {
  if (isHistory(text)) return statusesIn(text);
  return text.split(BETWEEN).filter((entry) => entry !== '');
}

function statusesIn(text: string): readonly string[] {
  return text.split(BETWEEN_STATUSES).filter((word) => word !== '');
}
