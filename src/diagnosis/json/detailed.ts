import type { JsonNode, Span } from '../../json/tree.js';

/**
 * As JSON_DETAILED of MariaDB lays it out: what is inside a member starts on a line of its own, but
 * a list of one plain value stays in one line.
 */
export function detailed(tree: JsonNode, text: string, indent: string): string {
  return write(tree, { text, indent, line: '\n' });
}

interface Place {
  readonly text: string;
  readonly indent: string;
  /** The line end with the indent of where the writing is. */
  readonly line: string;
}

function write(node: JsonNode, place: Place): string {
  const { line, indent } = place;
  const inside: Place = { ...place, line: line + indent };
  switch (node.kind) {
    case 'object': {
      const members = node.members.map(({ key, value }) => {
        const start = isPlain(value) ? '' : inside.line;
        return `${inside.line}${textOf(key, place)}: ${start}${write(value, inside)}`;
      });
      return `{${members.join(',')}${line}}`;
    }
    case 'array': {
      const [first, ...more] = node.items;
      if (first === undefined) return '[]';
      if (more.length === 0 && isPlain(first)) return `[${write(first, inside)}]`;
      const items = node.items.map((item) => inside.line + write(item, inside));
      return `[${items.join(',')}${line}]`;
    }
    case 'string':
    case 'number':
    case 'word':
      return textOf(node, place);
    default:
      return node satisfies never;
  }
}

function isPlain({ kind }: JsonNode): boolean {
  return kind !== 'object' && kind !== 'array';
}

function textOf({ start, end }: Span, { text }: Place): string {
  return text.slice(start, end);
}
