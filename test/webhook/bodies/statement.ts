import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { CATALOGUE, type Fact, type Kind } from '../../../src/webhook/catalogue.js';

const FILE = new URL('../../../src/webhook/bodies.json', import.meta.url);

const confidence = v.picklist(['documented', 'partly-documented', 'approximate']);

/** `time` is a string of a known form, `map` is an object by names that are not known. */
const simple = v.picklist([
  'string',
  'number',
  'boolean',
  'id',
  'time',
  'map',
  'status',
  'unknown',
]);
const name = v.pipe(v.string(), v.regex(/^[A-Z]\w+$/));

const about = {
  /** The field is in every body, and never null. */
  presence: v.optional(v.literal('always')),
  nullable: v.optional(v.boolean(), false),
  note: v.optional(v.string()),
  confidence: v.optional(confidence),
  source: v.optional(v.string()),
};

const field = v.union([
  v.strictObject({
    ...about,
    type: v.literal('one-of'),
    values: v.array(v.string()),
    /** There may be more values than are known. */
    isOpen: v.optional(v.boolean(), false),
  }),
  v.strictObject({
    ...about,
    type: v.literal('list'),
    of: v.union([v.array(v.union([simple, name])), simple]),
  }),
  v.strictObject({ ...about, type: v.literal('id'), prefix: v.string() }),
  v.strictObject({ ...about, type: v.union([v.array(simple), simple, name]) }),
]);

const fields = v.record(v.string(), field);
const statement = v.strictObject({
  schemaVersion: v.literal(1),
  bodies: v.record(
    v.string(),
    v.strictObject({
      type: name,
      /** Inqud documents the list of statuses as a whole. */
      statusesAreComplete: v.boolean(),
      /** Of the fields that do not say otherwise. */
      confidence,
      source: v.string(),
      fields,
    }),
  ),
  parts: v.record(
    name,
    v.strictObject({ title: v.string(), confidence, source: v.string(), fields }),
  ),
});

export type FieldShape = v.InferOutput<typeof field>;

/** One field, with how sure it is. */
export interface Field {
  readonly name: string;
  readonly shape: FieldShape;
  readonly fact: Fact;
  readonly isRequired: boolean;
}

/** An object that is part of bodies. */
export interface BodyPart {
  readonly type: string;
  readonly title: string;
  readonly fields: readonly Field[];
}

/** The body of one kind. */
export interface KindBody extends BodyPart {
  readonly kind: Kind;
  readonly statusesAreComplete: boolean;
}

const { bodies, parts } = v.parse(statement, JSON.parse(readFileSync(FILE, 'utf8')));

/** The kinds that bodies.json speaks of. */
export const KINDS_STATED: readonly string[] = Object.keys(bodies);

/** What is known of the body of each kind, in the order of the catalogue. */
export const BODIES: readonly KindBody[] = CATALOGUE.kinds.map((kind) => {
  const body = bodies[kind.kind];
  if (body === undefined) throw new Error(`bodies.json does not know ${kind.kind}.`);
  const { type, statusesAreComplete } = body;
  return { kind, type, title: kind.title, statusesAreComplete, fields: fieldsOf(body) };
});

/** The objects that are inside of bodies, and are no body themselves. */
export const PARTS: readonly BodyPart[] = Object.entries(parts).map(([type, part]) => ({
  type,
  title: part.title,
  fields: fieldsOf(part),
}));

/** What a type that a field names stands for. */
export function partNamed(type: string): KindBody | BodyPart {
  const found = [...BODIES, ...PARTS].find((part) => part.type === type);
  if (found === undefined) throw new Error(`bodies.json does not say what a ${type} is.`);
  return found;
}

/** The types that a shape names: `WidgetRequest`. */
export function typesIn(shape: FieldShape): readonly string[] {
  const named = 'of' in shape ? shape.of : shape.type;
  return [named].flat().filter((text) => /^[A-Z]/.test(text));
}

/** E.g. `documented: https://docs.inqud.com/payments/h2h-deposit-payin`. */
export function sureness({ confidence, source }: Fact): string {
  return `${confidence}: ${source.replaceAll(/(?<=^|[\s(])\/(?=[a-z])/g, `${CATALOGUE.docs}/`)}`;
}

interface Fields extends Fact {
  readonly fields: Readonly<Record<string, FieldShape>>;
}

function fieldsOf({ fields, confidence, source }: Fields): readonly Field[] {
  return Object.entries(fields).map(([name, shape]) => ({
    name,
    shape,
    fact: { confidence: shape.confidence ?? confidence, source: shape.source ?? source },
    isRequired: shape.presence === 'always',
  }));
}
