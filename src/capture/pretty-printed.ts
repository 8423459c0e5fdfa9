import { outlineJson } from '../json/outline.js';
import { asBuffer } from './json-value.js';

/** True where a JSON value starts the file and goes on after its first line. */
export function isPrettyPrinted(head: Uint8Array): boolean {
  const text = asBuffer(head).toString('latin1');
  const start = text.search(/[^\s\u00ef\u00bb\u00bf]/);
  if (text[start] !== '{' && text[start] !== '[') return false;
  const newline = text.indexOf('\n', start);
  return newline !== -1 && newline < (outlineJson(text, start).end ?? Number.POSITIVE_INFINITY);
}
