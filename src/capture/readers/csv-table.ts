import type { Header } from '../../ports.js';
import { DIGEST_HEADER } from '../../webhook/scheme.js';
import { bodyFromText } from '../body-text.js';
import { type CsvRow, parseCsv } from '../csv.js';
import { headersFromMap, headersFromNamedList } from '../header-shapes.js';
import { isoFromText } from '../instant.js';
import { decodeUtf8, parseJson } from '../json-value.js';
import type { LogFields } from '../reader.js';
import { malformed, type ParsedCapture, type PlacedEntry } from '../record.js';
import { pathOfTarget } from '../request-target.js';
import { type CsvColumns, columnsOf, delimiterOf } from './csv-columns.js';

const BYTES = /^\\x((?:[0-9a-fA-F]{2})*)$|^0x((?:[0-9a-fA-F]{2})+)$/;
const NULLS: readonly string[] = ['NULL', '\\N'];
const HINT = 'Name the columns with --body-field and --digest-field.';

/**
 * Reads a table exported as CSV, or with semicolons or tabs: the first line names the columns, and a
 * row is a request. Which columns hold what is told by their names, or by the user.
 */
export function* readCsvTable(bytes: Uint8Array, fields: LogFields): Generator<PlacedEntry> {
  const text = decodeUtf8(bytes)?.replace(/^\uFEFF/, '');
  if (text === undefined) return yield malformed('The file is not valid UTF-8.');
  let columns: CsvColumns | undefined;
  let width = 0;
  for (const row of parseCsv(text, delimiterOf(text))) {
    const { line } = row;
    if (width > 0) {
      if (columns !== undefined) yield { ...parseRow(row, width, columns), line };
      continue;
    }
    columns = columnsOf(row.fields, fields);
    width = row.fields.length;
    if (columns === undefined) {
      return yield { ...malformed('No column is known to hold the body.', HINT), line };
    }
  }
}

function parseRow(row: CsvRow, width: number, columns: CsvColumns): ParsedCapture {
  if (row.cut) return malformed('The file ends inside a quoted field.');
  if (row.fields.length !== width) {
    const counts = `${row.fields.length} fields where the first line names ${width}`;
    return malformed(`The row has ${counts}.`);
  }
  const cell = (column: number | undefined) => {
    const value = column === undefined ? undefined : row.fields[column];
    return value === undefined || NULLS.includes(value) ? undefined : value;
  };
  const found = bodyOfCell(cell(columns.body) ?? '');
  if (found.kind === 'malformed') return found;
  const digest = cell(columns.digest);
  const headers = headersOfCell(cell(columns.headers));
  const target = cell(columns.path);
  const record = {
    at: isoFromText(cell(columns.at)),
    method: cell(columns.method),
    path: target === undefined ? undefined : pathOfTarget(target),
    headers: digest === undefined || digest === '' ? headers : withDigest(headers, digest),
    body: found.body,
  };
  return { kind: 'capture', record };
}

/** A digest of its own column is the one that is asked for. */
function withDigest(headers: readonly Header[], digest: string): readonly Header[] {
  const others = headers.filter(([name]) => name.toLowerCase() !== DIGEST_HEADER.toLowerCase());
  return [...others, [DIGEST_HEADER, digest]];
}

/** Text, or the bytes that PostgreSQL (`\x7b…`) and MySQL (`0x7B…`) write in hexadecimal. */
function bodyOfCell(text: string) {
  const [, postgres, mysql] = BYTES.exec(text) ?? [];
  const digits = postgres ?? mysql;
  if (digits === undefined) return bodyFromText(text);
  return { kind: 'body', body: Buffer.from(digits, 'hex') } as const;
}

function headersOfCell(text: string | undefined): readonly Header[] {
  const value = text === undefined ? undefined : parseJson(text);
  return Array.isArray(value) ? headersFromNamedList(value) : headersFromMap(value);
}
