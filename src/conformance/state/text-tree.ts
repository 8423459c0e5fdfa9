import { parseCsv } from '../../capture/csv.js';
import { type DrawnTables, drawnTables } from './drawn-tables.js';
import { readHtmlPage } from './html-page.js';
import { separatedRows } from './separated.js';
import { treeOfRows } from './table-rows.js';

/** A line such as `status: paid`. */
const NAMED = /^([\p{L}_][\p{L}\p{N}_. -]{0,40}?)\s*[:=]\s+?(.*)$|^([\w:.-]+)=(.*)$/u;
/** What stands between the cells of a line, as databases and tables print them, with blanks around it. */
const BETWEEN_CELLS = /[|\t;]/;
/** A line of CSV, with no blanks but in quotes: at least one of its cells is no number. */
const CSV_LINE = /^(?=.*[\p{L}_])(?:"[^"]*"|[^,\s"]*)(?:,(?:"[^"]*"|[^,\s"]*))+$/u;
/** A row with more is none. */
const MOST_CELLS = 200;
const TAG = /<[^<>]*>/g;
/** `<status>paid</status>` of XML, which names what it says. */
const ELEMENT = /<([\w:.-]+)(\s[^<>]*)?>([^<>]+)<\/\1>/g;
const ATTRIBUTE = /(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const HTML =
  /^<(?:!doctype\s+)?html|^<(?:article|body|dl|div|form|h\d|head|header|link|main|meta|ol|p|pre|section|span|style|table|title|ul)\b/i;
const NEGATIVE = /[-−]\s?\d/;
const NUMBER = /^\d+(?:[.,]\d+)*$/;
/** Numbers, ids and the like: what varies in a line that is there again and again. */
const VARYING = /(?:[A-Z]{1,16}-)?[0-9a-f]{8}[0-9a-f-]*|\d[\d.,:]*/gi;

const ID = /^(?:[A-Z]{1,16}-)?[0-9a-f]{8}-[0-9a-f-]*$/i;
/** A line of a log: when it was, and what. */
const LOGGED =
  /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?\]?[\s:,-]+(\S.*)$/;
/** The same as the system log has it: `Nov 29 21:13:45 web1 shop[812]: …`. */
const SYSTEM_LOGGED = /^[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d \S+ (?:\S+: )?(\S.*)$/;
/** `revenue_total{order="A-17",currency="USD"} 149.9`, as Prometheus reads it; it may end with a time. */
const METRIC = /^([a-z_:][\w:]*(?:\{[^{}]*\}|_[\w:]*))\s+(-?\d[\d.]*(?:e[+-]?\d+)?)(?:\s+\d+)?$/i;

/**
 * Plain text as a tree: what holds tables by their rows and titles, and all else by its lines. One row
 * is an object, several are a list.
 */
export function textTree(text: string): unknown {
  if (HTML.test(text)) return pageTree(text);
  if (text.startsWith('<')) return linesTree(text);
  const { tables, rest, footer } = drawnTables(text);
  const others = rest.join('\n').trim();
  if (tables.length === 0) return separatedTree(others, footer) ?? linesTree(text);
  const found = tables.map(treeOfRows);
  if (others === '') return found.length === 1 ? found[0] : found;
  return { ...named(linesTree(others)), rows: found.length === 1 ? found[0] : found };
}

/** A client that counts its rows has printed a line of titles more than that, or nothing but the count. */
function separatedTree(text: string, footer: DrawnTables['footer']): unknown {
  if (text === '') return footer && {};
  const isTitled = text.split('\n').length - 1 === footer?.rows;
  const rows = separatedRows(text, isTitled);
  return rows && treeOfRows(rows);
}

/** What a page names is told by its names, and what it does not by its lines. */
function pageTree(text: string): unknown {
  const { lines, named: members, rows } = readHtmlPage(text);
  if (members.length === 0 && rows.length === 0) return treeOfLines(lines);
  const tree = new Map<string, unknown[]>();
  for (const line of lines) put(tree, ...entryOf(line));
  for (const [name, value] of members) put(tree, name, value);
  if (rows.length > 0) put(tree, 'rows', treeOfRows(rows));
  return tree.size === 1 && rows.length > 0 ? treeOfRows(rows) : objectOf(tree);
}

function put(tree: Map<string, unknown[]>, title: string, value: unknown): void {
  const values = tree.get(title);
  if (values === undefined) tree.set(title, [value]);
  else values.push(value);
}

function objectOf(tree: ReadonlyMap<string, readonly unknown[]>): unknown {
  return Object.fromEntries(
    [...tree].map(([title, values]) => [title, values.length === 1 ? values[0] : values]),
  );
}

function named(tree: unknown): object {
  return typeof tree === 'object' && tree !== null ? tree : { text: tree };
}

/**
 * Plain text as a tree of its lines and cells, so that a field which varies does not hide the others,
 * and the order of rows does not count. A single line without a name or cells is a string.
 */
function linesTree(text: string): unknown {
  return treeOfLines(linesOf(text));
}

function treeOfLines(lines: readonly string[]): unknown {
  const [only = ''] = lines;
  const forms = [BETWEEN_CELLS, CSV_LINE, NAMED, METRIC, LOGGED, SYSTEM_LOGGED];
  if (lines.length <= 1 && !forms.some((form) => form.test(only))) {
    return only;
  }
  const tree = new Map<string, unknown[]>();
  const areMetrics = lines.some((line) => METRIC.test(line));
  for (const line of lines.filter((one) => !(areMetrics && one.startsWith('#'))))
    put(tree, ...entryOf(line));
  return objectOf(tree);
}

/** What a line is called, and what it says. */
function entryOf(line: string): readonly [string, unknown] {
  const [, logged] = LOGGED.exec(line) ?? SYSTEM_LOGGED.exec(line) ?? [];
  if (logged !== undefined) return ['log', logged];
  const [, metric, measured] = METRIC.exec(line) ?? [];
  if (metric !== undefined) return [metric, measured];
  if (BETWEEN_CELLS.test(line) || CSV_LINE.test(line)) return ['row', cellsOf(line)];
  const [, name, value, key, rest] = NAMED.exec(line) ?? [];
  const title = name ?? key;
  const isName = title !== undefined && title.search(VARYING) < 0;
  if (isName) return [title, value ?? rest];
  return [line.replaceAll(VARYING, '#'), numberIn(line) ?? line];
}

/**
 * `We got 149.90 USD. Thank you!` says an amount: its words are its name. So does a line that says of
 * which ids it is.
 */
function numberIn(line: string): unknown {
  const found: readonly string[] = line.match(VARYING) ?? [];
  const ids = found.filter(isId);
  const withoutIds = line.replaceAll(VARYING, (text) => (ids.includes(text) ? '' : text));
  if (NEGATIVE.test(withoutIds)) return undefined;
  const [first, ...others] = found.filter((text) => !ids.includes(text));
  const number = first?.replace(/[.,:]+$/, '');
  if (others.length > 0 || number === undefined || !NUMBER.test(number)) return undefined;
  return ids.length === 0 ? number : { ids: ids.join(' '), number };
}

function isId(text: string): boolean {
  return ID.test(text) && /[-a-f]/i.test(text);
}

/** The tags of XML name what they hold. */
function linesOf(text: string): readonly string[] {
  return plainOf(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function plainOf(text: string): string {
  if (!text.startsWith('<')) return text;
  return text
    .replace(
      ELEMENT,
      (_, name, attributes = '', content) => `<${name}${attributes}>\n${name}=${content}\n`,
    )
    .replace(TAG, (tag) => {
      const lines = [...tag.matchAll(ATTRIBUTE)].map(
        ([, name, double, single]) => `${name}=${double ?? single}`,
      );
      return `\n${lines.join('\n')}\n`;
    });
}

function cellsOf(line: string): unknown {
  const cells = BETWEEN_CELLS.test(line)
    ? line.split(BETWEEN_CELLS).map((cell) => cell.trim())
    : [...parseCsv(line)].flatMap(({ fields }) => fields);
  if (cells.length > MOST_CELLS) return line;
  return Object.fromEntries(cells.map((cell, index) => [`cell ${index + 1}`, cell]));
}
