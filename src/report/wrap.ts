import { stripVTControlCharacters } from 'node:util';

/** How wide lines may be, in characters. */
export interface Width {
  readonly columns: number;
}

/** Where no terminal says how wide it is, and where it is wider than anybody reads. */
export const USUAL_WIDTH: Width = { columns: 80 };

/**
 * Breaks a text at spaces so that it fits. The indent is put before every line but the first, before which
 * the caller has written as much. A word that is too long stays whole.
 */
export function wrapped(text: string, { columns }: Width, indent = ''): string {
  const width = columns - indent.length;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    const isTooLong = stripVTControlCharacters(longer).length > width;
    if (isTooLong && line !== '') lines.push(line);
    line = isTooLong ? word : longer;
  }
  return [...lines, line].map(noCommand).join(`\n${indent}`);
}

/** A runner of GitHub Actions takes a line for a command where a break puts two colons at its start. */
function noCommand(line: string, index: number): string {
  return index > 0 && /^::[a-z]/i.test(line) ? line.replace('::', ':\\u003a') : line;
}
