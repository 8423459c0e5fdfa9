import type { Header } from '../../ports.js';
import { bodyFromText } from '../body-text.js';
import { parseCsv } from '../csv.js';
import { headersFromMap } from '../header-shapes.js';
import { isoFromText } from '../instant.js';
import { decodeUtf8, parseJson } from '../json-value.js';
import { malformed, type ParsedCapture, type PlacedCapture } from '../record.js';
import { pathOfUrl } from '../request-target.js';

const HEADER_COLUMN = /^headers?[._[: ]+([^\]]+?)\]?(?:[.[]\d+\]?)?$/i;

type Row = ReadonlyMap<string, string>;

/**
 * Reads webhook.site's CSV export. Its columns vary with what was received and are not documented:
 * `content` holds the body; headers are read from a `headers` column of JSON and from columns of
 * their own (`headers.x-payload-digest`).
 */
export function* readWebhookSiteCsv(bytes: Uint8Array): Generator<PlacedCapture> {
  const text = decodeUtf8(bytes);
  if (text === undefined) return yield malformed('The file is not valid UTF-8.');
  let columns: readonly string[] | undefined;
  for (const { line, fields, cut } of parseCsv(text.replace(/^\uFEFF/, ''))) {
    if (columns === undefined) {
      columns = fields.map(columnName);
      if (!columns.includes('content')) return yield { ...noContentColumn(), line };
    } else {
      yield* parseRow(columns, fields, cut, line);
    }
  }
}

function columnName(title: string): string {
  const name = title.trim();
  return HEADER_COLUMN.test(name) ? name : name.toLowerCase().replaceAll(' ', '_');
}

function noContentColumn() {
  return malformed('The first line names no "content" column, so this is no webhook.site export.');
}

function* parseRow(
  columns: readonly string[],
  fields: readonly string[],
  cut: boolean,
  line: number,
): Generator<PlacedCapture> {
  if (cut) return yield { ...malformed('The file ends inside a quoted field.'), line };
  if (fields.length !== columns.length) {
    const counts = `${fields.length} fields where the first line names ${columns.length}`;
    return yield { ...malformed(`The row has ${counts}.`), line };
  }
  const row = new Map(columns.map((name, index) => [name, fields[index] ?? '']));
  if ((row.get('type') || 'web') === 'web') yield { ...parseRequest(row), line };
}

function parseRequest(row: Row): ParsedCapture {
  const found = bodyFromText(row.get('content') ?? '');
  if (found.kind === 'malformed') return found;
  const record = {
    at: isoFromText(row.get('created_at')),
    remote: row.get('ip'),
    method: row.get('method'),
    path: pathOfUrl(row.get('url')),
    headers: [...headersFromMap(parseJson(row.get('headers') ?? '')), ...columnHeaders(row)],
    body: found.body,
  };
  return { kind: 'capture', record };
}

function columnHeaders(row: Row): readonly Header[] {
  return [...row].flatMap(([column, value]) => {
    const name = HEADER_COLUMN.exec(column)?.[1];
    return name === undefined || value === '' ? [] : [[name, value] as const];
  });
}
