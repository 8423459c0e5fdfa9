/** A line such as `status: paid`. */
const NAMED = /^\s*([\p{L}_][\p{L}\p{N}_. -]{0,40}?)\s*[:=]\s+?(.*)$|^\s*(\w+)=(.*)$/u;
/** What stands between the cells of a line, as databases and tables print them. */
const BETWEEN_CELLS = /\s*[|\t;]\s*/;
const TAG = /<[^<>]*>/g;

/**
 * Plain text as a tree of its lines and cells, so that a field which varies does not hide the others.
 * A single line without cells is a string.
 */
export function textTree(text: string): unknown {
  const lines = linesOf(text);
  const [only = ''] = lines;
  if (lines.length <= 1 && !BETWEEN_CELLS.test(only) && !NAMED.test(only)) return only;
  const tree: Record<string, unknown> = {};
  for (const [index, line] of lines.entries()) {
    const [, name, value, key, rest] = NAMED.exec(line) ?? [];
    const title = name ?? key;
    if (title === undefined || title in tree) tree[`line ${index + 1}`] = cellsOf(line);
    else tree[title] = cellsOf(value ?? rest ?? '');
  }
  return tree;
}

/** The tags of a page say nothing, but for where one thing ends. */
function linesOf(text: string): readonly string[] {
  const plain = text.startsWith('<') ? text.replace(TAG, '\n') : text;
  return plain
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function cellsOf(line: string): unknown {
  const cells = line.split(BETWEEN_CELLS);
  if (cells.length === 1) return line;
  return Object.fromEntries(cells.map((cell, index) => [`cell ${index + 1}`, cell]));
}
