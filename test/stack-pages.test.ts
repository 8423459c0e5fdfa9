import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RULES } from '../src/conformance/rules/registry.js';
import { diagnosisCatalogue } from '../src/diagnosis/catalogue.js';
import { STACKS, stackPages } from './stack-pages.js';

/** `UPDATE_README=1 npm test` pastes the files into their pages. */
const UPDATES = process.env['UPDATE_README'] === '1';
const pages = stackPages();
const named = pages.map((page) => [page.stack, page] as const);
const index = readFileSync(new URL('README.md', STACKS), 'utf8');

test.each(named)('docs/receivers/%s.md shows its files as they are', (stack, page) => {
  expect(page.shown.size).toBeGreaterThan(0);
  let text = page.text;
  for (const [path, shown] of page.shown) {
    const code = readFileSync(new URL(path, STACKS), 'utf8');
    if (UPDATES) text = text.replace(shown, () => code);
    else expect(shown, path).toBe(code);
  }
  if (UPDATES) writeFileSync(new URL(`${stack}.md`, STACKS), text);
});

test('every file of a receiver is shown on a page', () => {
  const shown = new Set(pages.flatMap((page) => [...page.shown.keys()]));
  expect(files().filter((path) => !shown.has(path))).toEqual([]);
});

test.each(named)('docs/receivers/%s.md names rules and causes that exist', (_, { text }) => {
  const known = new Set([...RULES, ...diagnosisCatalogue].map(({ id }) => id));
  const ids = [...text.matchAll(/^\|.*\| (.*) \|$/gm)].flatMap(([, cell = '']) => [
    ...cell.matchAll(/`([a-z]+\/[a-z0-9-]+)`/g),
  ]);
  expect(ids.length).toBeGreaterThan(0);
  for (const [, id = ''] of ids) expect(known, id).toContain(id);
});

test('the index of docs/receivers lists every page, and every link leads somewhere', () => {
  for (const { stack } of pages) expect(index).toContain(`](${stack}.md)`);
  for (const text of [index, ...pages.map((page) => page.text)]) {
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)) {
      if (/^https:/.test(target)) continue;
      expect(existsSync(new URL(target, STACKS)), target).toBe(true);
    }
  }
});

/** The code of the receivers; an empty file only makes a package of its folder. */
function files(): readonly string[] {
  return readdirSync(STACKS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(STACKS.pathname.length))
    .filter((path) => readFileSync(new URL(path, STACKS), 'utf8') !== '');
}
