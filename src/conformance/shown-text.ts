const SHOWN_CHARACTERS = 160;
const PAGE = /^\s*<(!doctype html|html|head|body)\b/i;
/** What stands in a page and is not read; the last of them may be cut off. */
const UNREAD = /<(style|script)\b.*?(<\/\1\s*>|$)|<!--.*?(-->|$)|<[^>]*(>|$)/gis;

/** Whether a text is a page of HTML. */
export function isPage(text: string): boolean {
  return PAGE.test(text);
}

/** In one line, cut to what fits a report; of a page what somebody reads of it. */
export function shortened(text: string): string {
  const line = (isPage(text) ? text.replace(UNREAD, ' ') : text).replace(/\s+/g, ' ').trim();
  return line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS - 1)}…` : line;
}
