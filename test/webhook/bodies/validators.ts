import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { CATALOGUE } from '../../../src/webhook/catalogue.js';
import { schemaId } from './schemas.js';

const ajv = new Ajv2020({ allErrors: true, strict: true });
for (const { kind } of CATALOGUE.kinds) ajv.addSchema(schemaIn(`${kind}.json`));

function schemaIn(file: string): object {
  return JSON.parse(
    readFileSync(new URL(`../../../fixtures/schemas/${file}`, import.meta.url), 'utf8'),
  );
}

/** What the schema of a kind does not allow of a body: nothing, mostly. */
export function complaintsOfKind(kind: string, body: string): readonly string[] {
  return complaints(schemaId(kind), body);
}

/** The same of the schema of an event: `checkout.success`. */
export function complaintsOfEvent(event: string, body: string): readonly string[] {
  const [kind = ''] = event.split('.');
  return complaints(`${schemaId(kind)}#/$defs/${event}`, body);
}

function complaints(id: string, body: string): readonly string[] {
  const validate = ajv.getSchema(id);
  if (validate === undefined) throw new Error(`There is no schema ${id}.`);
  if (validate(JSON.parse(body)) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
