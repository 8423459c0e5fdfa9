import { isLosslessNumber, parse } from 'lossless-json';
import type { Hole } from './hole.js';

/** A JSON body of which some pieces are known only when it is rendered. */
export type BodyNode = TextNode | BareNode | ArrayNode | ObjectNode;

/** A JSON string: literal pieces, not escaped, with holes between them. */
export interface TextNode {
  readonly kind: 'text';
  readonly parts: readonly Part[];
}

/** A number, a boolean or null, as the JSON text it was read from. */
export interface BareNode {
  readonly kind: 'bare';
  readonly json: string;
}

export interface ArrayNode {
  readonly kind: 'array';
  readonly items: readonly BodyNode[];
}

/** A map, because it keeps the order of keys that look like numbers and has no special keys. */
export interface ObjectNode {
  readonly kind: 'object';
  readonly members: ReadonlyMap<string, BodyNode>;
}

export type Part = string | Place;

/** A hole, and the text the sample has there: ASCII that JSON need not escape. */
export interface Place {
  readonly sample: string;
  readonly hole: Hole;
}

/** Says what becomes of a string: the key it is under, and the object that has that key. */
export type Punch = (text: string, key: string, owner: object) => readonly Part[];

/**
 * Reads JSON without loss of number text.
 * @throws SyntaxError when the text is not JSON, or says one key twice
 */
export function readBody(json: string, punch: Punch = keepText): BodyNode {
  return toNode(parse(json), '', {}, punch);
}

/** A string without holes. */
export function textNode(text: string): TextNode {
  return { kind: 'text', parts: [text] };
}

/** Compact JSON, as literal pieces and holes in order. */
export function jsonParts(node: BodyNode): readonly Part[] {
  switch (node.kind) {
    case 'bare':
      return [node.json];
    case 'text':
      return ['"', ...node.parts.map(escaped), '"'];
    case 'array':
      return ['[', ...separated(node.items.map(jsonParts)), ']'];
    case 'object':
      return ['{', ...separated([...node.members].map(memberParts)), '}'];
    default:
      return node satisfies never;
  }
}

function keepText(text: string): readonly Part[] {
  return [text];
}

function toNode(value: unknown, key: string, owner: object, punch: Punch): BodyNode {
  if (typeof value === 'string') return { kind: 'text', parts: punch(value, key, owner) };
  if (isLosslessNumber(value)) return { kind: 'bare', json: value.value };
  if (Array.isArray(value)) {
    return { kind: 'array', items: value.map((item) => toNode(item, key, owner, punch)) };
  }
  if (typeof value === 'object' && value !== null) return objectNode(value, punch);
  return { kind: 'bare', json: String(value) };
}

function objectNode(value: object, punch: Punch): ObjectNode {
  const members = Object.entries(value).map(
    ([key, member]) => [key, toNode(member, key, value, punch)] as const,
  );
  return { kind: 'object', members: new Map(members) };
}

function memberParts([key, node]: readonly [string, BodyNode]): readonly Part[] {
  return [`${JSON.stringify(key)}:`, ...jsonParts(node)];
}

function separated(parts: readonly (readonly Part[])[]): readonly Part[] {
  return parts.flatMap((part, index) => (index === 0 ? part : [',', ...part]));
}

function escaped(part: Part): Part {
  return typeof part === 'string' ? JSON.stringify(part).slice(1, -1) : part;
}
