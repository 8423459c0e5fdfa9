import { errorDocument } from './error.js';
import { jsonLine, jsonText } from './foreign-text.js';
import type { Renderer } from './renderer.js';
import { SCHEMA_VERSION } from './schema-version.js';
import type { Statement } from './statement.js';

/** For programs: one document, or one record a line. */
export function machineRenderer<Item, End>(
  statement: Statement<Item, End>,
  format: 'json' | 'ndjson',
): Renderer<Item, End> {
  if (format === 'ndjson') return lines(statement);
  return statement.isWhole === true ? whole(statement) : streamed(statement);
}

/** The first line says that the command is ready, the last one what it came to. */
function lines<Item, End>(statement: Statement<Item, End>): Renderer<Item, End> {
  const { head, ready, lists = {}, end, line = statement.document } = statement;
  return {
    begin: () => {
      const first = { kind: 'ready', schemaVersion: SCHEMA_VERSION, ...head, ...ready };
      return [first, ...Object.values(lists).flat()].map((one) => jsonLine(one)).join('');
    },
    record: line === undefined ? jsonLine : (item) => jsonLine(line(item)),
    end: (ended) => {
      const { summary, beside } = end(ended);
      return jsonLine({ kind: 'summary', ...summary, ...beside });
    },
    skipped: (records) => jsonLine({ kind: 'skipped', records }),
    fail: (error) => errorDocument(error, 'ndjson'),
  };
}

/** One document, written as it comes, so that a long run needs no more memory than a short one. */
function streamed<Item, End>(statement: Statement<Item, End>): Renderer<Item, End> {
  const { head, lists, list, document, end } = statement;
  let separator = '\n';
  const item = (value: unknown) => {
    const text = separator + jsonText(value);
    separator = ',\n';
    return text;
  };
  return {
    begin: () => {
      const first = jsonText({ schemaVersion: SCHEMA_VERSION, ...head, ...lists });
      return `${first.slice(0, -1)},${jsonText(list)}:[`;
    },
    record: document === undefined ? item : (record) => item(document(record)),
    end: (ended) => {
      const { summary, beside } = end(ended);
      const rest = jsonText({ summary, ...beside }).slice(1);
      return `\n]${rest === '}' ? '' : ','}${rest}\n`;
    },
    skipped: (records) => item({ kind: 'skipped', records }),
    fail: ({ code, message, hint }) => `\n],"error":${jsonText({ code, message, hint })}}\n`,
  };
}

/** One document, written at its end. */
function whole<Item, End>(statement: Statement<Item, End>): Renderer<Item, End> {
  const { head, list, document = (item: Item) => item, memberOf, end } = statement;
  const members: Record<string, unknown> = {};
  const records: unknown[] = [];
  return {
    begin: () => '',
    record: (item) => {
      const member = memberOf?.(item);
      if (member === undefined) records.push(document(item));
      else members[member] = document(item);
      return '';
    },
    end: (ended) => {
      const { summary, beside } = end(ended);
      const first = { schemaVersion: SCHEMA_VERSION, ...head, ...members };
      return `${jsonText({ ...first, [list]: records, summary, ...beside }, 2)}\n`;
    },
  };
}
