import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RULES } from '../../src/conformance/rules/registry.js';

const README = new URL('../../README.md', import.meta.url);
/** `UPDATE_README=1 npm test` writes the table anew. */
const UPDATES = process.env['UPDATE_README'] === '1';
const TABLE = /(?<=^<!-- rules -->\n).*?(?=^<!-- \/rules -->$)/ms;

test('the README lists every rule of check', () => {
  const readme = readFileSync(README, 'utf8');
  if (UPDATES) writeFileSync(README, readme.replace(TABLE, table));
  else expect(TABLE.exec(readme)?.[0]).toBe(table());
});

test('the README counts the receivers that check is tried on', () => {
  const count = (folder: string) =>
    readdirSync(new URL(`../receivers/${folder}/`, import.meta.url)).length;
  expect(readFileSync(README, 'utf8')).toContain(
    `says of ${count('correct')} correct and ${count('broken')} broken receivers`,
  );
});

function table(): string {
  const rows = RULES.map(
    ({ id, severity, title, source }) => `| [\`${id}\`](${source}) | ${severity} | ${title} |`,
  );
  return ['', '| rule | | what holds |', '| --- | --- | --- |', ...rows, '', ''].join('\n');
}
