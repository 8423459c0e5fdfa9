import { stripVTControlCharacters } from 'node:util';
import { USUAL_WIDTH, type Width } from './wrap.js';

/** What is to be copied stays in one line, and what is drawn fits already. */
const IS_WHOLE = /\binqud-hook [a-z-]|^\s*(?:curl|docker|npm|npx) |[┤└]/;
const HANGING = '  ';

/**
 * Lines that are laid out for the usual width, broken at spaces where a terminal is narrower: it would break
 * them in the middle of words. What goes on is indented.
 */
export function fitted(text: string, width: Width): string {
  if (width.columns >= USUAL_WIDTH.columns) return text;
  return text
    .split('\n')
    .map((line) => fittedLine(line, width))
    .join('\n');
}

function fittedLine(line: string, { columns }: Width): string {
  const shown = stripVTControlCharacters(line);
  if (shown.length <= columns || IS_WHOLE.test(shown)) return line;
  const indent = `${/^ */.exec(shown)?.[0] ?? ''}${HANGING}`;
  const lines: string[] = [];
  let current = '';
  for (const part of line.split(/(?<=\S)(?= )/)) {
    const longer = current + part;
    const isTooLong = stripVTControlCharacters(longer).length > columns && /\S/.test(current);
    if (isTooLong) lines.push(current);
    current = isTooLong ? indent + part.trimStart() : longer;
  }
  return [...lines, current].map((each) => each.trimEnd()).join('\n');
}
