import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RULES } from '../../src/conformance/rules/registry.js';

const PAGE = new URL('../../docs/rules.md', import.meta.url);
/** `UPDATE_README=1 npm test` writes the table anew. */
const UPDATES = process.env['UPDATE_README'] === '1';
const TABLE = /(?<=^<!-- rules -->\n).*?(?=^<!-- \/rules -->$)/ms;

test('docs/rules.md lists every rule of check', () => {
  const page = readFileSync(PAGE, 'utf8');
  if (UPDATES) writeFileSync(PAGE, page.replace(TABLE, table));
  else expect(TABLE.exec(page)?.[0]).toBe(table());
});

test('docs/rules.md counts the receivers that check is tried on', () => {
  const count = (folder: string) =>
    readdirSync(new URL(`../receivers/${folder}/`, import.meta.url)).length;
  expect(readFileSync(PAGE, 'utf8')).toContain(
    `says of ${count('correct')} correct and ${count('broken')} broken receivers`,
  );
});

function table(): string {
  const rows = RULES.map(
    ({ id, severity, title, source }) => `| [\`${id}\`](${source}) | ${severity} | ${title} |`,
  );
  return ['', '| rule | | what holds |', '| --- | --- | --- |', ...rows, '', ''].join('\n');
}
