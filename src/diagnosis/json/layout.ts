/** The white space a serialiser puts between tokens. */
export interface Layout {
  readonly comma: string;
  readonly colon: string;
  /** Each member on a line of its own, indented by this much more than its object. */
  readonly indent: string | undefined;
  /** How arrays go when members have lines of their own: on lines too, or spaced in one line. */
  readonly arrays: 'lines' | 'spaced';
  readonly emptyObject: string;
  readonly emptyArray: string;
}

/** A layout in what it differs from the compact one. In what is empty, `\n` also means the indent. */
export function jsonLayout(given: Partial<Layout> = {}): Layout {
  return {
    comma: given.comma ?? ',',
    colon: given.colon ?? ':',
    indent: given.indent,
    arrays: given.arrays ?? 'lines',
    emptyObject: given.emptyObject ?? '{}',
    emptyArray: given.emptyArray ?? '[]',
  };
}

export const compact: Layout = jsonLayout();

/** How deep the writing is in objects and arrays, which says what goes between tokens. */
export interface Nesting {
  readonly layout: Layout;
  /** The brackets that are open. */
  readonly open: ('{' | '[')[];
  /** Line ends with the indent of each depth, as far as they were needed. */
  readonly lines: string[];
}

export function outermost(layout: Layout): Nesting {
  return { layout, open: [], lines: [] };
}

/** What a comma becomes. */
export function commaText(nesting: Nesting): string {
  const { layout } = nesting;
  return layout.indent === undefined ? layout.comma : layout.comma + lineText(nesting);
}

/** What an opening bracket becomes when something follows; goes one deeper. */
export function openText(nesting: Nesting, bracket: '{' | '['): string {
  if (nesting.layout.indent === undefined) return bracket;
  nesting.open.push(bracket);
  return bracket + lineText(nesting);
}

/** What a closing bracket becomes; goes one up. */
export function closeText(nesting: Nesting, bracket: '}' | ']'): string {
  if (nesting.layout.indent === undefined) return bracket;
  const isInLine = isSpaced(nesting);
  nesting.open.pop();
  return (isInLine ? ' ' : newLine(nesting)) + bracket;
}

/** What a pair of brackets becomes that has nothing inside. */
export function emptyText(nesting: Nesting, bracket: '{' | '['): string {
  const { emptyObject, emptyArray } = nesting.layout;
  const text = bracket === '{' ? emptyObject : emptyArray;
  return text.includes('\n') ? text.replace(/\n(?!\n)/, () => newLine(nesting)) : text;
}

function lineText(nesting: Nesting): string {
  return isSpaced(nesting) ? ' ' : newLine(nesting);
}

function newLine({ layout, open, lines }: Nesting): string {
  const depth =
    layout.arrays === 'lines' ? open.length : open.filter((bracket) => bracket === '{').length;
  const line = lines[depth] ?? `\n${(layout.indent ?? '').repeat(depth)}`;
  lines[depth] = line;
  return line;
}

function isSpaced({ layout, open }: Nesting): boolean {
  return layout.arrays === 'spaced' && open.at(-1) === '[';
}
