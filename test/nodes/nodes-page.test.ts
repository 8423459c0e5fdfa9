import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const { versions, suite } = JSON.parse(read('versions.json'));
const rows = [...read('../../docs/nodes.md').matchAll(/^\| (\d+\.\d+\.\d+) \|.*\|$/gm)];

test('the page of Nodes has those that are run, and the suite where it is run', () => {
  expect(rows.map(([, version]) => version)).toEqual(versions);
  const passes = rows.filter(([row]) => row.split('|')[4]?.trim() === 'passes');
  expect(passes.map(([, version]) => version)).toEqual([suite]);
});

test('the floor of the package is among them', () => {
  const { engines } = JSON.parse(read('../../package.json'));
  expect(versions[0].startsWith(`${engines.node.replace('>=', '')}.`)).toBe(true);
});
