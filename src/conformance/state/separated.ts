import { parseCsv } from '../../capture/csv.js';
import { CATALOGUE } from '../../webhook/catalogue.js';
import { type Cells, rowsOf, type TableRow } from './table-rows.js';

const SEPARATORS = ['|', '\t', ';', ','];
const NAME = /^[\p{L}_][\p{L}_ .()/-]{0,60}$/u;
/** What columns of orders and payments are called, whole or in part. */
const TITLE_WORDS = new Set(
  'id,status,state,amount,currency,balance,total,order,date,time,kind,type,price,sum,reference,ref,count,number,at,by,code,name,uuid,value,key'.split(
    ',',
  ),
);
/** They are titles, and words of a status as well. */
const HALF_TITLE_WORDS = new Set(
  'paid,credited,created,updated,received,refunded,closed,confirmed,settled,asset'.split(','),
);
const STATUS_WORDS = new Set(
  CATALOGUE.kinds.flatMap(({ statuses }) => statuses.map(({ status }) => status.toLowerCase())),
);

/** Rows whose cells stand between separators, read by their titles: CSV, and what clients print in scripts. */
export function separatedRows(
  text: string,
  isTitledForSure: boolean,
): readonly TableRow[] | undefined {
  const [first = ''] = text.split('\n', 1);
  for (const separator of SEPARATORS) {
    if (!first.includes(separator)) continue;
    const rows = cellsBetween(separator, text);
    const found = rows && (isTitledForSure ? titled(rows) : (paired(rows) ?? guessed(rows)));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Undefined where the lines have not as many cells each. */
function cellsBetween(separator: string, text: string): readonly Cells[] | undefined {
  const rows: Cells[] = [];
  for (const cells of eachRow(separator, text)) {
    if (cells === undefined || cells.length !== (rows[0] ?? cells).length) return undefined;
    rows.push(cells);
  }
  return rows;
}

function* eachRow(separator: string, text: string): Generator<Cells | undefined> {
  if (separator === '|') {
    for (const line of text.split('\n')) {
      if (line.trim() !== '') yield line.split('|').map((cell) => cell.trim());
    }
    return;
  }
  for (const { fields, cut } of parseCsv(text, separator)) yield cut ? undefined : fields;
}

function titled([titles = [], ...rows]: readonly Cells[]): readonly TableRow[] | undefined {
  return rowsOf(titles, rows);
}

/** `status|paid` in the first line and `credited|149.9` in the next: each line has its title. */
function paired(rows: readonly Cells[]): readonly TableRow[] | undefined {
  const [first, ...others] = rows;
  if (first?.length !== 2 || others.length === 0) return undefined;
  const titles = rows.map(([title = '']) => title);
  const [, acrossTitle = ''] = first;
  const down = Math.max(...titles.slice(1).map(titleWeight));
  if (!areTitles(titles) || down <= titleWeight(acrossTitle)) return undefined;
  return [Object.fromEntries(rows.map(([title = '', value = '']) => [title, value]))];
}

/** Whether the first line holds titles is told by that line, so that it is told alike of every state. */
function guessed(rows: readonly Cells[]): readonly TableRow[] | undefined {
  const [titles = [], ...others] = rows;
  if (others.length === 0 || !areTitles(titles)) return undefined;
  const [, second = ''] = titles;
  const down = Math.max(...others.map(([cell = '']) => titleWeight(cell)));
  const isSure = titles.length > 2 || titleWeight(second) > down;
  const hasTitle = titles.some((title) => titleWeight(title) > 1);
  return isSure && hasTitle ? rowsOf(titles, others) : undefined;
}

function areTitles(cells: Cells): boolean {
  return (
    new Set(cells).size === cells.length &&
    cells.every((cell) => NAME.test(cell) && !STATUS_WORDS.has(cell.toLowerCase()))
  );
}

/** How much a text looks like the title of a column: 2, 1 or 0. */
function titleWeight(text: string): number {
  if (!NAME.test(text) || STATUS_WORDS.has(text.toLowerCase())) return 0;
  const words = text.match(/\p{Lu}?\p{Ll}+|\p{Lu}+/gu) ?? [];
  const isOf = (known: ReadonlySet<string>) => words.some((word) => known.has(word.toLowerCase()));
  if (isOf(TITLE_WORDS)) return 2;
  return isOf(HALF_TITLE_WORDS) ? 1 : 0;
}
