import type { Header } from '../../ports.js';
import { DIGEST_HEADER } from '../../webhook/scheme.js';
import { trimBlanks } from '../blanks.js';
import { asBuffer } from '../json-value.js';
import { leftOver } from '../left-over.js';
import { markBytes } from '../lines.js';
import type { ReadAtFile } from '../reader.js';
import { malformed, type ParsedCapture, type PlacedEntry } from '../record.js';
import { pathOfTarget } from '../request-target.js';
import { createVariables, type Variables } from './brace-variables.js';
import { readCurl } from './curl.js';
import { bodyLines, type FileLine, httpFileBody } from './http-file-body.js';

const SEPARATOR = /^###/;
const COMMENT = /^\s*(?:#|\/\/)/;
const BLANK = /^\s*$/;
const VARIABLE = /^\s*@[^\s=]+\s*=/;
const SCRIPT_START = /^\s*(?:<\s*\{%|\{\{\s*$)/;
const SCRIPT_END = /(?:%\}|^\s*\}\})\s*$/;
const RESPONSE = /^\s*HTTP\/\d/;
const CURL = /^\s*curl\s/;
const REQUEST =
  /^\s*(?:(GET|HEAD|POST|PUT|DELETE|CONNECT|PATCH|OPTIONS|TRACE)\s+)?(\S(?:.*?\S)?)(?:\s+HTTP\/\d(?:\.\d)?)?\s*$/i;
const TARGET = /^(?:https?:\/\/|\/|\{\{|[\w.-]+(?::\d+)?(?:\/|$)|\[)/i;
const NEXT_TARGET_LINE = /^\s*[?&]|^\s+[/#]/;

/**
 * Reads `.http` files as VS Code's REST Client, JetBrains' HTTP Client
 * (github.com/JetBrains/http-request-in-editor-spec) and httpyac do: `###` parts the requests, a
 * body ends with its last line that is not blank, comments are left out of it.
 */
export async function* readHttpFile(
  given: Uint8Array,
  readAtFile: ReadAtFile | undefined,
): AsyncGenerator<PlacedEntry> {
  const text = asBuffer(given).toString('latin1', markBytes(given, 0, given.length));
  const lines = text.split('\n').map((line, index): FileLine => {
    const hasReturn = line.endsWith('\r');
    return {
      text: hasReturn ? line.slice(0, -1) : line,
      ending: hasReturn ? '\r\n' : '\n',
      number: index + 1,
    };
  });
  const blocks = blocksOf(lines);
  const variables = createVariables(blocks.flatMap(definitions));
  for (const block of blocks) yield* readBlock(block, { variables, readAtFile });
}

interface BodySurroundings {
  readonly variables: Variables;
  readonly readAtFile: ReadAtFile | undefined;
}

function blocksOf(lines: readonly FileLine[]): readonly (readonly FileLine[])[] {
  const blocks: FileLine[][] = [[]];
  for (const line of lines) {
    if (SEPARATOR.test(line.text)) blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  return blocks;
}

function definitions(block: readonly FileLine[]): readonly string[] {
  return block
    .slice(0, requestLineOf(block))
    .map(({ text }) => text)
    .filter((text) => VARIABLE.test(text));
}

/** The index of the first line that is neither blank nor a comment, a variable or a script. */
function requestLineOf(block: readonly FileLine[]): number {
  let isScript = false;
  const found = block.findIndex(({ text }) => {
    if (isScript || SCRIPT_START.test(text)) {
      isScript = !SCRIPT_END.test(text);
      return false;
    }
    return !(BLANK.test(text) || COMMENT.test(text) || VARIABLE.test(text));
  });
  return found === -1 ? block.length : found;
}

async function* readBlock(
  block: readonly FileLine[],
  surroundings: BodySurroundings,
): AsyncGenerator<PlacedEntry> {
  const [first, ...rest] = block.slice(requestLineOf(block));
  if (first === undefined || RESPONSE.test(first.text)) return;
  if (CURL.test(first.text)) return yield* readCurlBlock([first, ...rest], surroundings);
  const line = first.number;
  const [, method = 'GET', target = ''] = REQUEST.exec(first.text) ?? [];
  if (!TARGET.test(target)) return yield { ...leftOver(textOf(block)), line };
  const start = { method: method.toUpperCase(), target };
  yield { ...(await readRequest(start, rest, surroundings)), line };
}

async function* readCurlBlock(
  block: readonly FileLine[],
  { readAtFile }: BodySurroundings,
): AsyncGenerator<PlacedEntry> {
  const before = (block[0]?.number ?? 1) - 1;
  for await (const entry of readCurl(Buffer.from(textOf(block), 'latin1'), readAtFile)) {
    yield { ...entry, line: before + (entry.line ?? 1) };
  }
}

function textOf(lines: readonly FileLine[]): string {
  return lines.map(({ text }) => text).join('\n');
}

async function readRequest(
  start: { readonly method: string; readonly target: string },
  rest: readonly FileLine[],
  { variables, readAtFile }: BodySurroundings,
): Promise<ParsedCapture> {
  const targetLines = rest.findIndex(({ text }) => !NEXT_TARGET_LINE.test(text));
  const after = rest.slice(targetLines === -1 ? rest.length : targetLines);
  const parts = rest.slice(0, rest.length - after.length).map(({ text }) => text.trim());
  const headEnd = after.findIndex(({ text }) => BLANK.test(text) || isAfterBody(text));
  const head = headersOf(after.slice(0, headEnd === -1 ? after.length : headEnd), variables);
  if (head.kind === 'malformed') return head;
  const body = await httpFileBody(
    bodyLines(headEnd === -1 ? [] : after.slice(headEnd)),
    head.headers,
    { variables, readAtFile },
  );
  if (body.kind === 'malformed') return body;
  const path = pathOfTarget(variables.fillIn([start.target, ...parts].join('')).text);
  const record = { method: start.method, path, headers: head.headers, body: body.body };
  return { kind: 'capture', record, ...(body.note !== undefined && { note: body.note }) };
}

function isAfterBody(text: string): boolean {
  return /^(?:>|<>\s)/.test(text);
}

function headersOf(lines: readonly FileLine[], variables: Variables) {
  const headers: Header[] = [];
  for (const { text } of lines) {
    if (COMMENT.test(text)) continue;
    const colon = text.indexOf(':');
    if (colon < 1) return malformed('A header line of the request has no name and colon.');
    const name = trimBlanks(text.slice(0, colon));
    const value = variables.fillIn(trimBlanks(text.slice(colon + 1)));
    if (value.unknown !== undefined && isDigest(name))
      return variables.missing('digest', value.unknown);
    headers.push([name, value.text]);
  }
  return { kind: 'headers', headers } as const;
}

function isDigest(name: string): boolean {
  return name.toLowerCase() === DIGEST_HEADER.toLowerCase();
}
