import { type Cells, rowsOf, type TableRow } from './table-rows.js';

/** What is drawn of lines, as clients of databases and Markdown do. */
export interface DrawnTables {
  readonly tables: readonly (readonly TableRow[])[];
  /** The lines that belong to none. */
  readonly rest: readonly string[];
  /** What a client says below a table, where it does; the number of rows, where it says that. */
  readonly footer: { readonly rows: number | undefined } | undefined;
}

interface Drawn {
  readonly rows: readonly TableRow[];
  /** The index of the first line after it. */
  readonly end: number;
}

type Reader = (lines: readonly string[], at: number) => Drawn | undefined;

/** A cell of a line below titles: `---`, `:--:`. */
const RULED_CELL = /^:?-{2,}:?$/;
/** `-------  --------`, as sqlite and sqlcmd underline titles. */
const UNDERLINES = /^-+(?: +-+)+$/;
/** What psql, mysql and sqlcmd say below a table. */
const FOOTER =
  /^(?:\((\d+) rows?(?: affected)?\)|(\d+) rows? (?:in set|selected)\b.*|Empty set\b.*|Time: [\d.,]+ ms.*)$/i;
const PSQL_RECORD = /^\+?-\[ RECORD \d+ \][-+]*$/;
const MYSQL_RECORD = /^\*{3,} \d+\. row \*{3,}$/;
/** Lines that are drawn with characters of their own, by those of ASCII. */
const DRAWN: Readonly<Record<string, string>> = { '│': '|', '║': '|', '─': '-', '═': '-' };

export function drawnTables(text: string): DrawnTables {
  const lines = inAscii(text).split(/\r?\n/);
  const tables: (readonly TableRow[])[] = [];
  const rest: string[] = [];
  let footer: DrawnTables['footer'];
  for (let at = 0; at < lines.length; ) {
    const drawn = firstOf(lines, at);
    if (drawn !== undefined) {
      tables.push(drawn.rows);
      at = drawn.end;
      continue;
    }
    const line = lines[at] ?? '';
    at += 1;
    if (isFooter(line)) footer = { rows: countIn(line) ?? footer?.rows };
    else rest.push(line);
  }
  return { tables, rest, footer };
}

function inAscii(text: string): string {
  return text.replace(/[\u2500-\u257f]/g, (character) => DRAWN[character] ?? '+');
}

function firstOf(lines: readonly string[], at: number): Drawn | undefined {
  for (const read of READERS) {
    const drawn = read(lines, at);
    if (drawn !== undefined) return drawn;
  }
  return undefined;
}

/** Titles over a rule: psql, mysql in a terminal, Markdown. */
const readGrid: Reader = (lines, at) => {
  const from = isRule(lines[at]) && lines[at + 1]?.includes('|') === true ? at + 1 : at;
  const header = lines[from] ?? '';
  const rule = lines[from + 1];
  if (header.trim() === '' || isRule(header) || !isRule(rule)) return undefined;
  const hasEdges = header.trim().startsWith('|');
  const end = endOfRows(lines, from + 2);
  const isColumn = !header.includes('|');
  if (isColumn ? !isCounted(lines, from + 2, end) : !/[|+]/.test(rule ?? '')) return undefined;
  const cells = lines.slice(from + 2, end).map((line) => cellsOf(line, hasEdges));
  const rows = rowsOf(cellsOf(header, hasEdges), cells);
  return rows && { rows, end: isRule(lines[end]) ? end + 1 : end };
};

/** A heading may be underlined as well: the number of rows below says that it is a table. */
function isCounted(lines: readonly string[], from: number, end: number): boolean {
  return countIn(lines[end] ?? '') === end - from;
}

/** Titles underlined one by one, over columns of a width. */
const readColumns: Reader = (lines, at) => {
  const underlines = (lines[at + 1] ?? '').trim();
  if ((lines[at] ?? '').trim() === '' || !UNDERLINES.test(underlines)) return undefined;
  const starts = [...underlines.matchAll(/-+/g)].map(({ index }) => index);
  const cut = (line: string) =>
    starts.map((start, column) => line.slice(start, starts[column + 1]).trim());
  const end = endOfRows(lines, at + 2);
  const rows = rowsOf(cut(lines[at] ?? ''), lines.slice(at + 2, end).map(cut));
  return rows && { rows, end };
};

/** A line for each column, and a heading for each row: `\x` of psql, `\G` of mysql. */
const readRecords: Reader = (lines, at) => {
  const heading = [PSQL_RECORD, MYSQL_RECORD].find((one) => one.test(lines[at] ?? ''));
  if (heading === undefined) return undefined;
  const between = heading === PSQL_RECORD ? '|' : ':';
  const rows: TableRow[] = [];
  let end = at;
  while (heading.test(lines[end] ?? '')) {
    const members = membersAfter(lines, end + 1, between);
    rows.push(Object.fromEntries(members));
    end += 1 + members.length;
    while (lines[end]?.trim() === '') end += 1;
  }
  return { rows, end: isRule(lines[end]) ? end + 1 : end };
};

type Member = readonly [title: string, value: string];

function membersAfter(lines: readonly string[], from: number, between: string): readonly Member[] {
  const members: Member[] = [];
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const inner = between === '|' ? withoutEdges(line) : line;
    const place = inner.indexOf(between);
    if (place <= 0 || PSQL_RECORD.test(line) || isRule(line)) break;
    members.push([inner.slice(0, place).trim(), inner.slice(place + 1).trim()]);
  }
  return members;
}

const READERS: readonly Reader[] = [readRecords, readGrid, readColumns];

/** `---+---`, `|:--|--:|`, `+---+---+`. */
function isRule(line: string | undefined): boolean {
  if (line?.includes('--') !== true) return false;
  return withoutEdges(line)
    .split(/[|+]/)
    .every((cell) => RULED_CELL.test(cell.trim()));
}

function isFooter(line: string): boolean {
  return FOOTER.test(line.trim());
}

function countIn(line: string): number | undefined {
  const [, inParentheses, inSet] = FOOTER.exec(line.trim()) ?? [];
  const count = inParentheses ?? inSet;
  return count === undefined ? undefined : Number(count);
}

function endOfRows(lines: readonly string[], from: number): number {
  let end = from;
  while (end < lines.length) {
    const line = lines[end] ?? '';
    if (line.trim() === '' || isRule(line) || isFooter(line)) return end;
    end += 1;
  }
  return end;
}

function cellsOf(line: string, hasEdges: boolean): Cells {
  const inner = hasEdges ? withoutEdges(line) : line;
  return inner.split('|').map((cell) => cell.trim());
}

/** Without the lines that are drawn around a table. */
function withoutEdges(line: string): string {
  const trimmed = line.trim();
  if (!/^[|+]/.test(trimmed)) return trimmed;
  return trimmed.slice(1, /[|+]$/.test(trimmed) ? -1 : undefined);
}
