/**
 * JSON as a tree over its own text: numbers and strings stay the text they are. The text holds one
 * character a byte, so that positions in it are positions in the body.
 */
export type JsonNode =
  | (Span & { readonly kind: 'object'; readonly members: readonly Member[] })
  | (Span & { readonly kind: 'array'; readonly items: readonly JsonNode[] })
  | (Span & { readonly kind: 'string' })
  | (Span & { readonly kind: 'number' })
  | (Span & { readonly kind: 'word' });

export interface Member {
  /** The name's UTF-8 bytes, one character a byte: in that form names sort by code point. */
  readonly name: string;
  /** The name as it is written, in its quotes. */
  readonly key: Span;
  readonly value: JsonNode;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** True when the test holds for every node, outer ones first. */
export function everyNode(node: JsonNode, test: (node: JsonNode) => boolean): boolean {
  if (!test(node)) return false;
  if (node.kind === 'object') return node.members.every(({ value }) => everyNode(value, test));
  if (node.kind === 'array') return node.items.every((item) => everyNode(item, test));
  return true;
}
