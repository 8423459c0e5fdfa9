// The room of what was received: a reader is one file of readers/ and one entry of this list.
import { DIGEST_HEADER } from '../webhook/scheme.js';
import type { JsonMark, ReaderEntry } from './reader.js';

const HTTP_START =
  /^(?:\s*\n)?(?:[A-Z][A-Z-]{1,31} \S+ HTTP\/\d(?:\.\d)?\r?(?:\n|$)|HTTP\/\d(?:\.\d)? \d{3}(?:[ \r\n]|$))/;
const SESSION_LINES =
  /^(?:\^C|(?:Ncat: |[Ll]istening on |Connection (?:received|from) |connect to )[^\n]*)?\r?\n/;
/** A request as it is typed, after comments, variables and a script: the rest of its line. */
const TYPED_REQUEST =
  /^(?:[ \t]*(?:(?:#|\/\/|@[^\s=]+[ \t]*=)[^\n]*|<[ \t]*\{%[\s\S]*?%\}[ \t]*)?\r?\n)*(?:(?:GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS)[ \t]+(?:https?:\/\/|\/|\{\{|[\w.-]+(?::\d+)?\/)|https?:\/\/)\S*(?=([ \t]+HTTP\/\d\S*)?[ \t]*\r?(?:$|\n(?:[ \t]*(?:\r?\n|$)|[ \t]*[?&#]|[ \t]*\/\/|[\w-]+:|>|\s+\/)))/;
const REQUEST_NAME = /\.(?:http|rest)$/i;
const CURL_COMMAND =
  /^[ \t]*(?:(?:[$%>]|[^\n'"]{1,60}[$%#]) +|(?:PS )?[A-Z]:[^\n>]{0,80}> *)?(?:(?:\w+=\S*|sudo|time|env|exec) +)*(?:\S*\/)?curl(?:\.exe)?[ \t]/m;
const BODY_COLUMN =
  /^(?:(?:raw_?|request_?)*(?:body|payload)(?:_?raw)?|content|data|message|json)$/i;
const DIGEST_COLUMN =
  /^(?:(?:http_?)?(?:x[-_ ]?)?(?:payload[-_ ]?)?digest|(?:x_)?signature|hmac)$/i;
const HEADERS_COLUMN = /^(?:request_?|http_?|raw_?)?headers?$/i;
const BRUNO_META = /^\s*[a-z]+(?::[\w-]+)* *\{[ \t]*\r?\n/;
const BRUNO_METHOD = /^(?:get|post|put|delete|patch|http) *\{[ \t]*\r?$/m;
const EXPORTED_HEADERS = /"(?:request_?)?headers?"\s*:\s*[[{]/i;
const DIGEST_NAME = new RegExp(`"${DIGEST_HEADER}"`, 'i');
const SHELL_SCRIPT = /^#!.*sh\b/;
const CURL_WORD = /\bcurl(?:\.exe)?[ \t]/;
/** Where curl is called in a pipe or behind another command, its options must be there too. */
const CURL_OPTION = /\s(?:-H|--header|-[a-zA-Z]*d|--data[\w-]*|--json)[\s='"@$]/;
const WEBHOOK_SITE_CSV = /^(?=[^\n]*,)(?:"?[\w .:[\]-]+"?,)*"?content"?(?:,|\r?(?:\n|$))/i;
const AWS_KEY =
  /\b(isBase64Encoded|requestContext|httpMethod|rawPath|routeKey|multiValueHeaders)[\\"']*\s*:/g;
const JSON_START = /^\s*[[{]/;
const JSON_LINES = /^[^\S\n]*\{[^\n]*\}[ \t]*\r?\n\s*\{/;
const NAME_WIDTH = 14;
const CELL_WIDTH = 38;
const LINES_FILE = /\.(?:ndjson|jsonl|jsonlines|log)(?:\.gz)?$/i;

/**
 * Every reader of captures. The help, `--from`, the detection and docs/captures.md come from here: a
 * new reader is one file in `readers/` and one entry in this list.
 *
 * Where the marks of several fit, the first in this list is taken: JSON marks of the whole file, then
 * marks of text and of lines. Nothing is loaded but the reader that is used, so this file imports no
 * reader at once, and stays small: every start of the program reads it.
 */
export const READERS = [
  {
    name: 'http-file',
    about: '.http files of editors',
    reads:
      "Requests as VS Code's REST Client, JetBrains' HTTP Client and httpyac keep them in `.http` files.",
    toldBy:
      'The first line that is no comment and no variable is a request without its version, or `###` parts requests, or the name ends in `.http` or `.rest`.',
    marks: { text: isHttpFile },
    open: async ({ whole, readAtFile }) => {
      const { readHttpFile } = await import('./readers/http-file.js');
      return whole((bytes) => readHttpFile(bytes, readAtFile));
    },
  },
  {
    name: 'http',
    about: 'raw HTTP messages',
    reads:
      'HTTP/1.1 messages as netcat or a proxy saves them, one after another; responses are left out.',
    toldBy:
      'The first line is a request line or a status line, after those that netcat prints first.',
    marks: { text: isHttpMessages },
    open: async ({ whole }) => whole((await import('./readers/http.js')).readHttp),
  },
  {
    name: 'ndjson',
    about: 'its own captures',
    reads: 'What `listen` writes: one JSON object a line.',
    marks: {
      json: [['kind', 'schemaVersion']],
      lines: { from: 'line-start', json: [['kind', 'schemaVersion']] },
    },
    open: async ({ lines }) => lines((await import('./readers/ndjson.js')).parseOwnLine),
  },
  {
    name: 'har',
    about: 'HAR 1.2',
    reads: 'HAR 1.2, as browsers, proxies and Playwright export it, with the files it attaches.',
    marks: { json: [['log.entries'], ['log.creator'], ['log.version', 'log.pages']] },
    open: async ({ whole, readAtFile }) => {
      const { readHar } = await import('./readers/har.js');
      return whole((bytes) => readHar(bytes, readAtFile));
    },
  },
  {
    name: 'ngrok',
    about: "ngrok's inspection API",
    reads: "The answers of ngrok's inspection API: the list of requests, or one of them.",
    marks: {
      json: [
        ['requests.[].request.raw'],
        ['requests', 'uri'],
        ['tunnel_name', 'request'],
        ['remote_addr', 'request'],
      ],
    },
    open: async ({ whole }) => whole((await import('./readers/ngrok.js')).readNgrok),
  },
  {
    name: 'webhook-site',
    about: 'exports, JSON and CSV',
    reads: "webhook.site's exports: the JSON of its requests API, or its CSV.",
    toldBy: 'The first line names a `content` column.',
    marks: {
      json: [
        ['data.[].token_id', 'data.[].uuid'],
        ['[].token_id', '[].uuid'],
        ['token_id', 'uuid'],
        ['data', 'per_page', 'is_last_page'],
      ],
      text: (text) => WEBHOOK_SITE_CSV.test(text) && !isTable(text),
    },
    open: async ({ whole }) => whole((await import('./readers/webhook-site.js')).readWebhookSite),
  },
  {
    name: 'aws',
    about: 'Lambda events, AWS logs',
    reads:
      'What AWS hands to a function (API Gateway, function URLs, load balancers, Lambda@Edge, SQS, SNS), alone, in lists, and in logs: printed, laid out, exported as JSON, CSV or text.',
    toldBy: 'Keys of an event stand in its text, in whatever quotes.',
    marks: {
      json: [
        ...awsMarks(['', '[].', 'message.', 'event.', '@message.', 'input.']),
        ['events.[].message', 'events.[].eventId'],
        ['events.[].message', 'events.[].ingestionTime'],
        ['logEvents.[].message'],
        ['results.[].[].field', 'results.[].[].value'],
        ['Records.[].cf.request'],
        ['Records.[].messageId', 'Records.[].body'],
        ['Records.[].Sns'],
      ],
      lines: {
        from: 'anywhere',
        json: awsMarks(['', 'message.', 'event.', '@message.', 'input.']),
      },
      text: (text) => new Set(Array.from(text.matchAll(AWS_KEY), ([, key]) => key)).size >= 2,
    },
    open: async ({ head, blocks, whole }) => {
      const { isPrettyPrinted } = await import('./pretty-printed.js');
      const { isLogCsv, parseAwsLine, readAwsDocument, readLogCsv } = await import(
        './readers/aws.js'
      );
      if (isLogCsv(head)) return whole(readLogCsv);
      return isPrettyPrinted(head) ? whole(readAwsDocument) : blocks(parseAwsLine);
    },
  },
  {
    name: 'bruno',
    about: '.bru files of Bruno',
    reads: 'Requests of Bruno in its own language, one a file.',
    toldBy: 'It starts with a block such as `meta {`, and holds one for the method.',
    marks: { text: (text) => BRUNO_META.test(text) && BRUNO_METHOD.test(text) },
    open: async ({ whole }) => whole((await import('./readers/bruno.js')).readBruno),
  },
  {
    name: 'csv',
    about: 'tables with a body',
    reads:
      'Tables exported as CSV, or with semicolons or tabs, whose first line names the columns; bytea and binary in hexadecimal are undone.',
    toldBy:
      'The first line names a column for the body (`body`, `payload`, `raw_body`, …) and one for the digest or the headers; or `--body-field` names one of its columns.',
    marks: { text: (text) => isTable(text) },
    open: async ({ whole, fields }) => {
      const { readCsvTable } = await import('./readers/csv-table.js');
      return whole((bytes) => readCsvTable(bytes, fields));
    },
  },
  {
    name: 'export',
    about: 'Postman, WireMock, …',
    reads:
      'JSON exports of API clients, mock servers and request bins: Postman and Newman, Bruno, Insomnia, WireMock, MockServer, Pipedream, RequestBin, smee, and others that name method, headers and body alike.',
    toldBy: 'The digest header among headers in a JSON text.',
    marks: {
      json: [
        ['info._postman_id'],
        ['info.schema', 'item'],
        ['collection.item'],
        ['run.executions'],
        ['requests.[].request.headers'],
        ['requests.[].loggedDate'],
        ['mappings.[].request'],
        ['request.bodyPatterns'],
        ['request.headers', 'response'],
        ['httpRequest'],
        ['[].httpRequest'],
        ['[].headers', '[].method'],
        ['[].results.[].request'],
        ['items.[].request'],
        ['resources.[]._type'],
        ['event.headers', 'event.method'],
        ['trigger.event.headers'],
        ['headers', 'method'],
        [DIGEST_HEADER.toLowerCase(), 'body'],
      ],
      text: isExport,
    },
    open: async ({ whole, readAtFile }) => {
      const { readExport } = await import('./readers/export.js');
      return whole((bytes) => readExport(bytes, readAtFile));
    },
  },
  {
    name: 'curl',
    about: 'commands and scripts',
    reads: 'Shell scripts, pasted sessions and fenced blocks of Markdown with curl in them.',
    toldBy:
      'A line starts with curl, or it is called with a header or a body elsewhere in a script.',
    marks: { text: isCurlScript },
    open: async ({ whole, readAtFile }) => {
      const { readCurl } = await import('./readers/curl.js');
      return whole((bytes) => readCurl(bytes, readAtFile));
    },
  },
  {
    name: 'json-lines',
    about: 'logs, with --body-field',
    reads: 'Logs of JSON, where `--body-field` and `--digest-field` say what is what.',
    toldBy:
      'JSON objects on lines of their own, or a name such as `app.jsonl`; or `--body-field` is given.',
    marks: {
      text: (text, fileName) =>
        JSON_START.test(text) && (JSON_LINES.test(text) || LINES_FILE.test(fileName)),
    },
    open: async ({ head, blocks, whole, fields }) => {
      const { isPrettyPrinted } = await import('./pretty-printed.js');
      const { noBodyField, parseLogLine, readLogDocument } = await import(
        './readers/json-lines.js'
      );
      const { bodyField, digestField } = fields;
      if (bodyField === undefined) return [noBodyField(head)];
      return isPrettyPrinted(head)
        ? whole((bytes) => readLogDocument(bytes, { bodyField, digestField }))
        : blocks((line) => parseLogLine(line, { bodyField, digestField }));
    },
  },
  {
    name: 'raw',
    about: 'one body, with --digest',
    reads: 'One body, byte for byte as it stands in the file.',
    toldBy: 'Nothing else fits, and no digest stands in the file.',
    marks: {},
    open: async (input) => {
      const { readRaw } = await import('./readers/raw.js');
      return input.whole((bytes) => [readRaw(bytes, input)]);
    },
  },
] as const satisfies readonly ReaderEntry[];

/** What a capture file can be; the names are the values of `--from`. */
export type CaptureFormat = (typeof READERS)[number]['name'];

export const CAPTURE_FORMATS: readonly CaptureFormat[] = READERS.map(({ name }) => name);

export function readerOf(format: CaptureFormat): ReaderEntry {
  const found = READERS.find(({ name }) => name === format);
  if (found === undefined) throw new TypeError(`no reader is called ${format}`);
  return found;
}

/** The formats and what they are, for the help: two columns of at most 80 characters. */
export function formatsText(): string {
  const cells = READERS.map(({ name, about }) => `${name.padEnd(NAME_WIDTH)}${about}`);
  const rows = Math.ceil(cells.length / 2);
  return cells
    .slice(0, rows)
    .map((cell, row) => `  ${cell.padEnd(CELL_WIDTH)}${cells[row + rows] ?? ''}`.trimEnd())
    .join('\n');
}

function isHttpFile(text: string, fileName: string): boolean {
  const request = TYPED_REQUEST.exec(text);
  if (request === null) return false;
  const hasVersion = request[1] !== undefined;
  const isFirst = HTTP_START.test(text);
  const isNamed = REQUEST_NAME.test(fileName) && !/^content-length:/im.test(text);
  return !hasVersion || !isFirst || isNamed || /^###/m.test(text);
}

function isHttpMessages(text: string): boolean {
  let start = text;
  for (let lines = 0; lines < 10 && SESSION_LINES.test(start); lines += 1) {
    start = start.replace(SESSION_LINES, '');
  }
  return HTTP_START.test(start);
}

/** The titles of a table, where the first line of a text can be that. */
export function titlesOf(text: string): readonly string[] {
  const [first = ''] = text.slice(0, 4096).split('\n', 1);
  if (JSON_START.test(first)) return [];
  return first.split(/[,;\t]/).map((title) => title.replace(/^[\s"]+|[\s"]+$/g, ''));
}

function isTable(text: string): boolean {
  const titles = titlesOf(text).map((title) => title.replaceAll(/[ -]/g, '_'));
  const has = (column: RegExp) => titles.some((title) => column.test(title));
  if (titles.length < 2 || !has(BODY_COLUMN)) return false;
  return has(DIGEST_COLUMN) || (has(HEADERS_COLUMN) && !WEBHOOK_SITE_CSV.test(text));
}

/** A log of many such lines is for the reader that is told where in them a body is. */
function isExport(text: string): boolean {
  if (JSON_LINES.test(text)) return false;
  return JSON_START.test(text) && EXPORTED_HEADERS.test(text) && DIGEST_NAME.test(text);
}

function isCurlScript(text: string): boolean {
  if (CURL_COMMAND.test(text) || (SHELL_SCRIPT.test(text) && CURL_WORD.test(text))) return true;
  return !JSON_START.test(text) && CURL_WORD.test(text) && CURL_OPTION.test(text);
}

function awsMarks(prefixes: readonly string[]): readonly JsonMark[] {
  const marks = ['isBase64Encoded', 'httpMethod', 'routeKey', 'rawPath'];
  return prefixes.flatMap((prefix) =>
    marks.flatMap((mark) => [
      [`${prefix}requestContext`, `${prefix}${mark}`],
      [`${prefix}headers`, `${prefix}body`, `${prefix}${mark}`],
    ]),
  );
}
