import { CATALOGUE } from '../../../src/webhook/catalogue.js';
import {
  BODIES,
  type BodyPart,
  type Field,
  type FieldShape,
  type KindBody,
  PARTS,
  sureness,
} from './statement.js';

const LINE_WIDTH = 100;
const HEAD = `// Written by \`npm run schema\` from src/webhook/bodies.json and catalogue.json.

/** Another text: there may be more values than are known. */
type OtherText = string & Record<never, never>;
`;

/** The types of all bodies, as the file that has them reads. */
export function typesText(): string {
  const bodies = BODIES.flatMap((body) => [statusesText(body), bodyText(body)]);
  return [HEAD, eventsText(), ...bodies, ...PARTS.map(partText)].join('\n');
}

function eventsText(): string {
  const names = CATALOGUE.kinds.flatMap(({ kind, statuses }) =>
    statuses.map(({ name }) => `'${kind}.${name}'`),
  );
  return (
    comment(['The events that there is a sample of.']) +
    declaration('export type SampleEventName =', names)
  );
}

function statusesText({ kind, type, statusesAreComplete }: KindBody): string {
  const more = statusesAreComplete ? '' : '; there may be more';
  const lines = [
    `The statuses of a ${kind.kind} that are known${more}.`,
    ...kind.statuses.map(
      (status) => `- \`${status.status}\` (${status.class}) ${sureness(status)}`,
    ),
  ];
  const values = kind.statuses.map(({ status }) => `'${status}'`);
  return comment(lines) + declaration(`export type ${type}Status =`, values);
}

function bodyText(body: KindBody): string {
  const { title, kind } = body;
  const lines = [
    `${title}: the body of its web hook. Take care of amounts: \`JSON.parse\` rounds long ones.`,
    'A field that is not known to be in every body may be absent. Each says how sure it is:',
    '`documented`, `partly-documented` or `approximate`, and its source.',
    sureness(kind),
    `@see ${CATALOGUE.docs}${kind.page}`,
  ];
  return comment(lines) + interfaceText(body);
}

function partText(part: BodyPart): string {
  return comment([`${part.title}.`]) + interfaceText(part);
}

function interfaceText({ type, fields }: BodyPart): string {
  const members = fields.map((field) => memberText(field, type));
  return `export interface ${type} {\n${members.join('')}}\n`;
}

function memberText({ name, shape, fact, isRequired }: Field, owner: string): string {
  const doc = [...(shape.note === undefined ? [] : [shape.note]), sureness(fact)];
  const types = typesOf(shape, owner);
  const all = shape.nullable && !types.includes('unknown') ? [...types, 'null'] : types;
  return comment(doc, '  ') + declaration(`readonly ${name}${isRequired ? '' : '?'}:`, all, '  ');
}

/** In one line if there is room. */
function declaration(start: string, types: readonly string[], indent = ''): string {
  const line = `${indent}${start} ${types.join(' | ')};`;
  if (line.length <= LINE_WIDTH) return `${line}\n`;
  return `${indent}${start}${types.map((type) => `\n${indent}  | ${type}`).join('')};\n`;
}

function typesOf(shape: FieldShape, owner: string): readonly string[] {
  if ('values' in shape) {
    const values = shape.values.map((value) => `'${value}'`);
    return shape.isOpen ? [...values, 'OtherText'] : values;
  }
  if ('of' in shape) {
    const items = [shape.of].flat().map((type) => nameText(type, owner));
    return [`readonly ${items.length === 1 ? items.join('') : `(${items.join(' | ')})`}[]`];
  }
  return [shape.type].flat().map((type) => nameText(type, owner));
}

/** Of a body inside of another nothing is known to be there. */
function nameText(type: string, owner: string): string {
  switch (type) {
    case 'id':
    case 'time':
      return 'string';
    case 'map':
      return 'Readonly<Record<string, unknown>>';
    case 'status':
      return `${owner}Status`;
    default:
      return BODIES.some((body) => body.type === type) ? `Partial<${type}>` : type;
  }
}

function comment(lines: readonly string[], indent = ''): string {
  const [only] = lines;
  if (lines.length === 1) return `${indent}/** ${only} */\n`;
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`), `${indent} */\n`].join(
    '\n',
  );
}
