/** One row of a CSV text and the line it starts on, counted from 1. */
export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
  /** True when the text ends inside a quoted field. */
  readonly cut: boolean;
}

const QUOTE = '"';
const PLAIN_ENDS: Readonly<Record<string, RegExp>> = {
  ',': /[,\r\n]/g,
  ';': /[;\r\n]/g,
  '\t': /[\t\r\n]/g,
};

/**
 * Reads CSV as RFC 4180 has it, also with semicolons or tabs. A quote that neither ends its field
 * nor is doubled stands for itself, which is how PHP writes a quote after a backslash.
 */
export function* parseCsv(text: string, delimiter = ','): Generator<CsvRow> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const row = readRow(text, at, delimiter);
    if (row.fields.length > 1 || row.fields[0] !== '') {
      yield { line, fields: row.fields, cut: row.cut };
    }
    line += countNewlines(text.slice(at, row.end));
    at = row.end;
  }
}

function readRow(text: string, start: number, delimiter: string) {
  const fields: string[] = [];
  let at = start;
  for (;;) {
    const field =
      text[at] === QUOTE ? readQuoted(text, at + 1, delimiter) : readPlain(text, at, delimiter);
    fields.push(field.value);
    if (text[field.end] !== delimiter)
      return { fields, cut: field.cut, end: afterLine(text, field.end) };
    at = field.end + 1;
  }
}

function readPlain(text: string, start: number, delimiter: string) {
  const end = nextOf(text, start, PLAIN_ENDS[delimiter] ?? /[,\r\n]/g);
  return { value: text.slice(start, end), end, cut: false };
}

function readQuoted(text: string, start: number, delimiter: string) {
  const parts: string[] = [];
  let from = start;
  let quote = text.indexOf(QUOTE, from);
  while (quote !== -1) {
    if (endsField(text, quote + 1, delimiter)) {
      parts.push(text.slice(from, quote));
      return { value: parts.join(''), end: quote + 1, cut: false };
    }
    parts.push(text.slice(from, quote + 1));
    from = text[quote + 1] === QUOTE ? quote + 2 : quote + 1;
    quote = text.indexOf(QUOTE, from);
  }
  parts.push(text.slice(from));
  return { value: parts.join(''), end: text.length, cut: true };
}

function endsField(text: string, at: number, delimiter: string): boolean {
  return at >= text.length || text[at] === delimiter || text[at] === '\n' || text[at] === '\r';
}

function afterLine(text: string, at: number): number {
  if (text[at] === '\r') return text[at + 1] === '\n' ? at + 2 : at + 1;
  return at < text.length ? at + 1 : at;
}

function nextOf(text: string, start: number, pattern: RegExp): number {
  pattern.lastIndex = start;
  return pattern.exec(text)?.index ?? text.length;
}

function countNewlines(row: string): number {
  return row.split('\n').length - 1;
}
