import { Parser } from 'htmlparser2';
import { type Cells, rowsOf, type TableRow } from './table-rows.js';

/** What a page says, without how it looks. */
export interface HtmlPage {
  /** Text that nothing gives a name to. */
  readonly lines: readonly string[];
  /** What has a name: by an attribute, a label, or the cell before it. */
  readonly named: readonly (readonly [name: string, value: string])[];
  /** Rows of tables by the titles of their columns, or by their places. */
  readonly rows: readonly TableRow[];
}

/** What they hold is no text of the page. */
const NO_TEXT = new Set(['script', 'style', 'template', 'svg', 'head']);
const CELLS = new Set(['td', 'th']);
const LISTS = new Set(['table', 'dl']);
/** Where a name of what an element holds may stand, the best first. */
const NAMES = ['itemprop', 'id', 'class'];
const ONE_WORD = /^[\w:.-]{1,60}$/;
const LABEL = /^(.{1,60}?)\s*:$/su;

interface Cell {
  readonly isTitle: boolean;
  text: string;
}

/** A table, or a list of terms and what they mean, of which each is a row of two cells. */
interface Table {
  readonly rows: Cell[][];
  cell: Cell | undefined;
}

/** An element that is open. */
interface Element {
  readonly tag: string;
  readonly name: string | undefined;
  text: string;
  hasElements: boolean;
}

/** Reads the text of an HTML page, its tables and what attributes name. Broken HTML is read as browsers do. */
export function readHtmlPage(html: string): HtmlPage {
  const lines: string[] = [];
  const named: (readonly [string, string])[] = [];
  const rows: TableRow[] = [];
  const open: Element[] = [];
  const tables: Table[] = [];
  let unseen = 0;

  const say = (text: string, name?: string) => {
    const said = plain(text);
    if (said === '') return;
    const last = lines.at(-1);
    const label = said.startsWith(':') ? last : LABEL.exec(last ?? '')?.[1];
    const value = said.replace(/^:\s*/, '');
    if (label !== undefined && value !== '' && !LABEL.test(value)) {
      lines.pop();
      named.push([label, value]);
    } else if (name === undefined) lines.push(said);
    else named.push([name, said]);
  };
  const sayTextOf = (element: Element | undefined, name?: string) => {
    if (element === undefined) return;
    say(element.text, name);
    element.text = '';
  };
  const close = (table: Table) => {
    const told = tableTold(table.rows);
    named.push(...told.named);
    rows.push(...told.rows);
  };

  const parser = new Parser({
    onopentag(tag, attributes) {
      if (NO_TEXT.has(tag)) unseen += 1;
      if (unseen > 0) return;
      const table = tables.at(-1);
      const around = open.at(-1);
      if (LISTS.has(tag)) tables.push({ rows: [], cell: undefined });
      else if (table !== undefined && (tag === 'tr' || tag === 'dt')) table.rows.push([]);
      if (table?.cell === undefined) {
        sayTextOf(around);
        named.push(...toldByAttributes(tag, attributes));
      } else if (table.cell.text !== '') table.cell.text += ' ';
      if (around !== undefined) around.hasElements = true;
      open.push({ tag, name: nameIn(attributes), text: '', hasElements: false });
      if (table === undefined) return;
      if (CELLS.has(tag) || tag === 'dt' || tag === 'dd') {
        table.cell = { isTitle: tag === 'th' || tag === 'dt', text: '' };
        if (table.rows.length === 0) table.rows.push([]);
        table.rows.at(-1)?.push(table.cell);
      }
    },
    ontext(text) {
      if (unseen > 0) return;
      const cell = tables.at(-1)?.cell;
      const element = open.at(-1);
      if (cell !== undefined) cell.text += text;
      else if (element === undefined) say(text);
      else element.text += text;
    },
    onclosetag(tag) {
      if (NO_TEXT.has(tag)) unseen = Math.max(0, unseen - 1);
      if (unseen > 0 || open.at(-1)?.tag !== tag) return;
      const element = open.pop();
      const table = tables.at(-1);
      if (LISTS.has(tag) && table !== undefined) {
        tables.pop();
        close(table);
      } else if (table?.cell !== undefined) {
        if (CELLS.has(tag) || tag === 'dt' || tag === 'dd') table.cell = undefined;
      } else sayTextOf(element, element?.hasElements === false ? element.name : undefined);
    },
  });
  parser.end(html);
  for (const element of open) sayTextOf(element);
  return { lines, named, rows };
}

/** What the first row or the first column names is told by that name, and what nothing names by its place. */
function tableTold(all: readonly (readonly Cell[])[]): Pick<HtmlPage, 'named' | 'rows'> {
  const rows = all
    .filter(({ length }) => length > 0)
    .map((cells) => cells.map(({ isTitle, text }) => ({ isTitle, text: plain(text) })));
  const [first = [], ...others] = rows;
  if (first.length > 0 && first.every(({ isTitle }) => isTitle)) {
    const titled = rowsOf(
      first.map(({ text }) => text),
      others.map(textsOf),
    );
    if (titled !== undefined) return { named: [], rows: titled };
  }
  const isNamed = rows.every(([name, value]) => name?.text !== '' && value !== undefined);
  if (isNamed && rows.every(({ length }) => length === 2)) {
    return {
      named: rows.map(([name, value]) => [
        name?.text.replace(/\s*:$/, '') ?? '',
        value?.text ?? '',
      ]),
      rows: [],
    };
  }
  return {
    named: [],
    rows: rows.map((cells) =>
      Object.fromEntries(cells.map(({ text }, index) => [`cell ${index + 1}`, text])),
    ),
  };
}

function textsOf(cells: readonly Cell[]): Cells {
  return cells.map(({ text }) => text);
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** `data-status="paid"`, and the value of a field of a form. */
function toldByAttributes(
  tag: string,
  attributes: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] {
  const data = Object.entries(attributes).flatMap(([name, value]): [string, string][] =>
    name.startsWith('data-') && value !== '' ? [[name.slice('data-'.length), value]] : [],
  );
  const { name, value } = attributes;
  return tag === 'input' && name !== undefined && value !== undefined
    ? [...data, [name, value]]
    : data;
}

function nameIn(attributes: Readonly<Record<string, string>>): string | undefined {
  return NAMES.map((name) => attributes[name]).find(
    (name) => name !== undefined && ONE_WORD.test(name),
  );
}
