import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { manPage } from './page.js';
import { filled, verbatim } from './roff.js';

const FILE = '../../../man/inqud-hook.1';

test('the man page is the one of the help; `npm run man-page` writes it', async () => {
  await expect(await manPage()).toMatchFileSnapshot(FILE);
});

test('package.json says where it is, in a list: npm overlooks a mere text', () => {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  expect(JSON.parse(text).man).toEqual(['./man/inqud-hook.1']);
});

test('what roff would read as its own is text', () => {
  expect(filled("--a 'b' \\n …")).toBe('\\-\\-a \\(aqb\\(aq \\(rsn \\[u2026]');
  expect(filled('.TH and more')).toBe('\\&.TH and more');
  expect(verbatim('.a\n  "b"')).toBe('.nf\n.in 7n\n\\&.a\n  \\(dqb\\(dq\n.in\n.fi');
  expect(
    filled('word '.repeat(20).trim())
      .split('\n')
      .map((line) => line.length),
  ).toEqual([74, 24]);
});
