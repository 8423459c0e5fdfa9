/** The cells of a line, from left to right. */
export type Cells = readonly string[];

/** A row of a table by the titles of its columns. */
export type TableRow = Readonly<Record<string, string>>;

/** A row with more is none. */
const MOST_COLUMNS = 200;

/** Undefined where a row has not as many cells as there are titles. */
export function rowsOf(titles: Cells, rows: readonly Cells[]): readonly TableRow[] | undefined {
  const { length } = titles;
  if (length > MOST_COLUMNS || rows.some((cells) => cells.length !== length)) return undefined;
  const names = distinct(titles);
  return rows.map((cells) =>
    Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])),
  );
}

/** A title that is there twice, as after a join, is numbered. */
function distinct(titles: Cells): Cells {
  const taken = new Set<string>();
  return titles.map((title, index) => {
    const name = title === '' ? `cell ${index + 1}` : title;
    let free = name;
    for (let times = 2; taken.has(free); times += 1) free = `${name} ${times}`;
    taken.add(free);
    return free;
  });
}

/** One row is an object, several are a list, and none is nothing. */
export function treeOfRows(rows: readonly TableRow[]): unknown {
  const [only = {}] = rows;
  return rows.length > 1 ? rows : only;
}
