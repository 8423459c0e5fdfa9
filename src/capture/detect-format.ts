import type { CaptureFormat } from './format.js';
import { outlineJson } from './json-outline.js';
import { asBuffer } from './json-value.js';
import { markBytes } from './lines.js';
import { nextStart } from './readers/http-head.js';

/** This much of the beginning of a file is enough to tell its format. */
export const DETECTION_BYTES = 64 * 1024;

const MAX_LINES = 50;
const CURL_COMMAND = /^[ \t]*(?:[$%>] +)?(?:\w+=\S* +)*(?:\S*\/)?curl(?:\.exe)?[ \t]/m;
const SHELL_SCRIPT = /^#!.*sh\b/;
const CURL_WORD = /\bcurl[ \t]/;
const CSV_HEADER = /^(?:"?[\w .:[\]-]+"?,)*"?content"?(?:,|\r?$)/i;
const LINES_FILE = /\.(?:ndjson|jsonl|jsonlines|log)(?:\.gz)?$/i;

/** What marks a JSON document or line; a format is recognised by any one of its lists of paths. */
const JSON_MARKS: readonly (readonly [CaptureFormat, readonly (readonly string[])[]])[] = [
  ['ndjson', [['kind', 'schemaVersion']]],
  ['har', [['log.entries'], ['log.creator'], ['log.version', 'log.pages']]],
  [
    'ngrok',
    [
      ['requests.[].request.raw'],
      ['requests', 'uri'],
      ['tunnel_name', 'request'],
      ['remote_addr', 'request'],
    ],
  ],
  [
    'webhook-site',
    [
      ['data.[].token_id', 'data.[].uuid'],
      ['[].token_id', '[].uuid'],
      ['token_id', 'uuid'],
      ['data', 'per_page', 'is_last_page'],
    ],
  ],
  ['aws', ['', '[].', 'message.', 'event.', '@message.', 'input.'].flatMap(awsEventUnder)],
  [
    'aws',
    [
      ['events.[].message', 'events.[].eventId'],
      ['events.[].message', 'events.[].ingestionTime'],
    ],
  ],
];

/**
 * Tells a capture file's format from its first bytes (up to `DETECTION_BYTES` are looked at); the
 * file's name only decides what the content leaves open. What is nothing else is a raw body.
 */
export function detectFormat(head: Uint8Array, fileName = ''): CaptureFormat {
  const bytes = asBuffer(head).subarray(0, DETECTION_BYTES);
  const text = bytes.toString('latin1', markBytes(bytes, 0, bytes.length));
  if (/^\s*[[{]/.test(text)) return jsonFormat(text, fileName);
  if (startsWithHttp(bytes)) return 'http';
  return linesFormat(text) ?? textFormat(text);
}

/** True for the first bytes of a gzip file (RFC 1952). */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** True where a JSON value starts the file and goes on after its first line. */
export function isPrettyPrinted(head: Uint8Array): boolean {
  const text = asBuffer(head).toString('latin1');
  const start = text.search(/[^\s\u00ef\u00bb\u00bf]/);
  if (text[start] !== '{' && text[start] !== '[') return false;
  const newline = text.indexOf('\n', start);
  return newline !== -1 && newline < (outlineJson(text, start).end ?? Number.POSITIVE_INFINITY);
}

function jsonFormat(text: string, fileName: string): CaptureFormat {
  const { paths, end } = outlineJson(text, 0);
  const format = formatOfPaths(paths);
  if (format !== undefined) return format;
  const more = end !== undefined && /^[ \t]*\r?\n\s*\{/.test(text.slice(end));
  const inLines = linesFormat(text);
  if (inLines !== undefined) return inLines;
  return more || LINES_FILE.test(fileName) ? 'json-lines' : 'raw';
}

/** The format of a file that has records on lines of their own, perhaps after other lines. */
function linesFormat(text: string): CaptureFormat | undefined {
  for (const line of text.split('\n', MAX_LINES)) {
    const brace = line.indexOf('{');
    const format = brace === -1 ? undefined : formatOfPaths(outlineJson(line, brace).paths);
    if (format === 'aws' || (format === 'ndjson' && brace === 0)) return format;
  }
  return undefined;
}

function formatOfPaths(paths: ReadonlySet<string>): CaptureFormat | undefined {
  return JSON_MARKS.find(([, marks]) =>
    marks.some((needed) => needed.every((path) => paths.has(path))),
  )?.[0];
}

function startsWithHttp(bytes: Buffer): boolean {
  const start = nextStart(bytes, 0);
  return start !== undefined && /^\s*$/.test(bytes.toString('latin1', 0, start));
}

function textFormat(text: string): CaptureFormat {
  if (CURL_COMMAND.test(text) || (SHELL_SCRIPT.test(text) && CURL_WORD.test(text))) return 'curl';
  const firstLine = text.slice(0, text.indexOf('\n') === -1 ? text.length : text.indexOf('\n'));
  return firstLine.includes(',') && CSV_HEADER.test(firstLine) ? 'webhook-site' : 'raw';
}

function awsEventUnder(prefix: string): readonly (readonly string[])[] {
  const marks = ['isBase64Encoded', 'httpMethod', 'routeKey', 'rawPath'];
  return marks.map((mark) => [`${prefix}requestContext`, `${prefix}${mark}`]);
}
