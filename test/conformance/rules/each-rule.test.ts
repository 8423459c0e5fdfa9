import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../../src/conformance/rules/registry.js';

const HERE = new URL('.', import.meta.url);

describe('a rule has tests of its own', () => {
  it.each(RULES.map(({ id }) => id))('%s', (id) => {
    const [area = ''] = id.split('/');
    expect(textsIn(area).some((text) => text.includes(`'${id}'`))).toBe(true);
  });
});

function textsIn(area: string): readonly string[] {
  const folder = new URL(`${area}/`, HERE);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
}
