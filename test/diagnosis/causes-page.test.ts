import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnosisCatalogue } from '../../src/diagnosis/catalogue.js';

const PAGE = new URL('../../docs/causes.md', import.meta.url);
/** `UPDATE_README=1 npm test` writes the table anew. */
const UPDATES = process.env['UPDATE_README'] === '1';
const TABLE = /(?<=^<!-- causes -->\n).*?(?=^<!-- \/causes -->$)/ms;

it('docs/causes.md lists every cause and suspicion that a diagnosis can name', () => {
  const page = readFileSync(PAGE, 'utf8');
  if (UPDATES) writeFileSync(PAGE, page.replace(TABLE, table));
  else expect(TABLE.exec(page)?.[0]).toBe(table());
});

function table(): string {
  const rows = diagnosisCatalogue.map(({ kind, id, explanation, fix }) => {
    const shownId = kind === 'cause' ? `\`${id}\`` : `\`${id}\` (suspicion)`;
    return [shownId, explanation.replace(/\.$/, ''), fix];
  });
  const lines = [['id', 'what happened', 'fix'], ['---', '---', '---'], ...rows];
  return `\n${lines.map(line).join('\n')}\n\n`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** Keeps Markdown from reading columns, tags and emphasis into the text. */
function cell(text: string): string {
  return text.startsWith('`') ? text : text.replace(/[\\|<>*_$`]/g, '\\$&');
}
