import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CATALOGUE } from '../../../src/webhook/catalogue.js';
import { sampleText } from '../sample-files.js';
import { schemaOf } from './schemas.js';
import { BODIES, KINDS_STATED, PARTS } from './statement.js';
import { typesText } from './types.js';

const SCHEMAS = '../../../fixtures/schemas';
const TYPES = '../../../src/library/bodies.ts';

test('the types in the library are those of bodies.json; `npm run schema` writes them', async () => {
  await expect(typesText()).toMatchFileSnapshot(TYPES);
});

test.each(BODIES)('the schema of a $kind.kind is the one of bodies.json, too', async (body) => {
  const text = `${JSON.stringify(schemaOf(body), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot(`${SCHEMAS}/${body.kind.kind}.json`);
});

test('there is one schema a kind, and no other file', () => {
  const files = readdirSync(new URL(SCHEMAS, import.meta.url));
  expect(files.sort()).toEqual(BODIES.map(({ kind }) => `${kind.kind}.json`).sort());
  expect(KINDS_STATED.toSorted()).toEqual(BODIES.map(({ kind }) => kind.kind).sort());
});

test.each(BODIES)(
  'bodies.json has the fields of a $kind.kind in the order of its samples',
  (body) => {
    const { kind, fields } = body;
    const stated = fields.map(({ name }) => name);
    for (const { name } of kind.statuses) {
      const sample = Object.keys(JSON.parse(sampleText(`${kind.kind}.${name}`)));
      expect(stated.filter((field) => sample.includes(field))).toEqual(sample);
    }
  },
);

test('the id and the status are in every body', () => {
  for (const { kind, fields } of BODIES) {
    const required = fields.filter(({ isRequired }) => isRequired).map(({ name }) => name);
    expect(required).toEqual(expect.arrayContaining([kind.idField, kind.statusField]));
  }
});

test('nothing else is, unless it is documented and never null', () => {
  for (const { kind, fields } of BODIES) {
    for (const { name, shape, fact, isRequired } of fields) {
      if (!isRequired) continue;
      expect([name, shape.nullable]).toEqual([name, false]);
      if (name === kind.idField || name === kind.statusField) continue;
      expect([kind.kind, name, fact.confidence]).toEqual([kind.kind, name, 'documented']);
    }
  }
});

test('an id has a prefix that the catalogue knows', () => {
  const known = CATALOGUE.idPrefixes.map(({ prefix }) => prefix);
  const used = [...BODIES, ...PARTS].flatMap(({ fields }) =>
    fields.flatMap(({ shape }) => ('prefix' in shape ? [shape.prefix] : [])),
  );
  expect(used.filter((prefix) => !known.includes(prefix))).toEqual([]);
});
