import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { JsonMark, ReaderEntry } from '../../src/capture/reader.js';
import { READERS } from '../../src/capture/registry.js';

const PAGE = new URL('../../docs/captures.md', import.meta.url);
/** `UPDATE_README=1 npm test` writes the table anew. */
const UPDATES = process.env['UPDATE_README'] === '1';
const TABLE = /(?<=^<!-- readers -->\n).*?(?=^<!-- \/readers -->$)/ms;
/** More marks than this are variations of the same. */
const MOST_MARKS = 8;

it('docs/captures.md lists every reader of the registry, and how it is told apart', () => {
  const page = readFileSync(PAGE, 'utf8');
  if (UPDATES) writeFileSync(PAGE, page.replace(TABLE, table));
  else expect(TABLE.exec(page)?.[0]).toBe(table());
});

function table(): string {
  const rows = READERS.map((reader) => [`\`${reader.name}\``, reader.reads, toldBy(reader)]);
  const lines = [['`--from`', 'what is read', 'what tells it'], ['---', '---', '---'], ...rows];
  return `\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n\n`;
}

function toldBy({ marks, toldBy: words }: ReaderEntry): string {
  const { json = [] } = marks;
  const isShown = json.length > 0 && json.length <= MOST_MARKS;
  return [...(words === undefined ? [] : [words]), ...(isShown ? [keysText(json)] : [])].join(' ');
}

function keysText(marks: readonly JsonMark[]): string {
  const each = marks.map((keys) => keys.map((key) => `\`${key}\``).join(' with '));
  return `JSON that has ${each.join(', or ')}.`;
}
