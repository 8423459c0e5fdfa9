import { CATALOGUE } from '../../../src/webhook/catalogue.js';
import {
  type BodyPart,
  type Field,
  type FieldShape,
  type KindBody,
  partNamed,
  sureness,
  typesIn,
} from './statement.js';

type JsonSchema = Readonly<Record<string, unknown>>;
type Owner = BodyPart | KindBody;

const TIME = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$';
/** Examples of Inqud's are not always valid UUIDs: any hexadecimal digits will do. */
const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/**
 * The schema of a kind: of any of its bodies at its root, of each event under `$defs`, by its
 * name. It needs no other file. Its keywords are those that validators know in their strict modes.
 */
export function schemaOf(body: KindBody): JsonSchema {
  const { kind, title, fields } = body;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: schemaId(kind.kind),
    title,
    description: `The body of a web hook, see ${CATALOGUE.docs}${kind.page}. Each $comment says how sure what it stands by is, and its source.`,
    $comment: sureness(kind),
    type: 'object',
    required: fields.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    properties: propertiesOf(body),
    $defs: Object.fromEntries([...eventsOf(body), ...partsOf(body)]),
  };
}

/** Not an address: nothing is to be fetched. */
export function schemaId(kind: string): string {
  return `urn:inqud-hook:${kind}`;
}

function eventsOf({ kind }: KindBody): readonly (readonly [string, JsonSchema])[] {
  return kind.statuses.map((status) => {
    const name = `${kind.kind}.${status.name}`;
    const says = { [kind.statusField]: { const: status.status } };
    return [name, { $comment: sureness(status), $ref: '#', type: 'object', properties: says }];
  });
}

/** The objects inside of a body. Of none of their fields it is known that it is always there. */
function partsOf(body: KindBody): readonly (readonly [string, JsonSchema])[] {
  const names = new Set(body.fields.flatMap(({ shape }) => typesIn(shape)));
  for (const name of names) {
    for (const inner of partNamed(name).fields.flatMap(({ shape }) => typesIn(shape))) {
      names.add(inner);
    }
  }
  return [...names].map((name) => {
    const part = partNamed(name);
    return [name, { title: part.title, type: 'object', properties: propertiesOf(part) }];
  });
}

function propertiesOf(owner: Owner): JsonSchema {
  return Object.fromEntries(owner.fields.map((field) => [field.name, propertyOf(field, owner)]));
}

function propertyOf({ shape, fact }: Field, owner: Owner): JsonSchema {
  const { note: description } = shape;
  const about = { ...(description === undefined ? {} : { description }), $comment: sureness(fact) };
  const typed = typeOf(shape, owner);
  return { ...about, ...(shape.nullable ? orNull(typed) : typed) };
}

function orNull(schema: JsonSchema): JsonSchema {
  if ('type' in schema) return { ...schema, type: [schema['type'], 'null'] };
  return '$ref' in schema ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function typeOf(shape: FieldShape, owner: Owner): JsonSchema {
  if ('values' in shape) return valuesOf(shape.values, shape);
  if ('of' in shape) return { type: 'array', items: anyOf([shape.of].flat(), owner) };
  if ('prefix' in shape) return { type: 'string', pattern: `^${shape.prefix}-${UUID}$` };
  return anyOf([shape.type].flat(), owner);
}

interface ValueRules {
  readonly isOpen: boolean;
  readonly nullable?: boolean;
}

function valuesOf(values: readonly string[], { isOpen, nullable = false }: ValueRules): JsonSchema {
  if (isOpen) return { type: 'string', examples: values };
  return { type: 'string', enum: nullable ? [...values, null] : values };
}

function anyOf(types: readonly string[], owner: Owner): JsonSchema {
  const [first = {}, ...others] = types.map((type) => namedType(type, owner));
  return others.length === 0 ? first : { anyOf: [first, ...others] };
}

function namedType(type: string, owner: Owner): JsonSchema {
  switch (type) {
    case 'unknown':
      return {};
    case 'map':
      return { type: 'object' };
    case 'time':
      return { type: 'string', pattern: TIME };
    case 'status':
      return statusOf(owner);
    default:
      return /^[A-Z]/.test(type) ? { $ref: `#/$defs/${type}` } : { type };
  }
}

function statusOf(owner: Owner): JsonSchema {
  if (!('kind' in owner)) throw new Error(`${owner.type} has no statuses of its own.`);
  const values = owner.kind.statuses.map(({ status }) => status);
  return valuesOf(values, { isOpen: !owner.statusesAreComplete });
}
