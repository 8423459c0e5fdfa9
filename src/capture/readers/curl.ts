import { asBuffer } from '../json-value.js';
import { leftOver, namesDigest } from '../left-over.js';
import { markBytes } from '../lines.js';
import type { ReadAtFile } from '../reader.js';
import { malformed, type ParsedCapture, type PlacedEntry } from '../record.js';
import { pathOfTarget } from '../request-target.js';
import { scriptsIn } from '../shell/parts.js';
import { isCurl } from '../shell/runners.js';
import { readScript } from '../shell/script.js';
import type { ShellText } from '../shell/text.js';
import { SAID_BY_CURL, SAID_BY_CURL_HINT, withoutVerbose } from '../shell/verbose.js';
import { type CurlRequest, parseCurlArguments } from './curl-arguments.js';
import { curlBody } from './curl-body.js';
import type { CurlFiles } from './curl-files.js';
import { curlHeaders } from './curl-headers.js';

/** A caret escapes there what a backslash does elsewhere, the end of a line too. */
const WINDOWS_QUOTING =
  /^[ \t]*(?:[A-Z]:[^\n>]*> *)?curl(?:\.exe)? (?:[^\n']* \^\r?\n|(?:[^\n']* )?\^")/m;
const HOLDS_DIGEST = /\b[0-9a-fA-F]{40}\b/;

/**
 * Reads the curl commands of a shell script, of the fenced blocks of a Markdown file, or as they were
 * pasted from a terminal or a browser. Only headers the command gives are kept, not those curl adds.
 */
export async function* readCurl(
  bytes: Uint8Array,
  readAtFile: ReadAtFile | undefined,
): AsyncGenerator<PlacedEntry> {
  const text = asBuffer(bytes).toString('latin1', markBytes(bytes, 0, bytes.length));
  if (WINDOWS_QUOTING.test(text)) return yield windowsQuoting();
  const { rest, said, line } = withoutVerbose(text);
  if (namesDigest(said) && !namesDigest(rest)) {
    return yield { ...malformed(SAID_BY_CURL, SAID_BY_CURL_HINT), line };
  }
  yield* readCommands(rest, readAtFile);
}

async function* readCommands(
  text: string,
  readAtFile: ReadAtFile | undefined,
): AsyncGenerator<PlacedEntry> {
  let found = 0;
  const { commands, written } = readScript(scriptsIn(text));
  for (const { words, line, input } of commands) {
    const requests = isCurl(words) ? parseCurlArguments(words.slice(1)).filter(isRequest) : [];
    found += requests.length;
    for (const request of requests) {
      yield { ...(await parseRequest(request, { stdin: input, written, readAtFile })), line };
    }
    if (requests.length === 0) yield* otherCommand(words, line);
  }
  if (found === 0) yield malformed('The file holds no curl command.');
}

/** Another tool that sends a web hook is not read, and that is said. */
function* otherCommand(words: readonly ShellText[], line: number): Generator<PlacedEntry> {
  const said = words.map(({ text }) => text).join(' ');
  if (namesDigest(said) && HOLDS_DIGEST.test(said)) yield { ...leftOver(said), line };
}

function windowsQuoting() {
  return malformed('The command is quoted for the Windows prompt; copy it as cURL for bash.');
}

/** Not `curl --version`. */
function isRequest({ url, data, headers, upload, elsewhere }: CurlRequest): boolean {
  return [url, data[0], headers[0], upload, elsewhere].some((given) => given !== undefined);
}

async function parseRequest(request: CurlRequest, files: CurlFiles): Promise<ParsedCapture> {
  if (request.elsewhere !== undefined) {
    return malformed(`The command sends ${request.elsewhere}, so the body is not in the command.`);
  }
  const head = await curlHeaders(request.headers, files);
  if (head.kind === 'malformed') return head;
  const body = await curlBody(request, files);
  if (body.kind === 'malformed') return body;
  return {
    kind: 'capture',
    record: {
      method: request.method,
      path: request.url === undefined ? undefined : pathOfTarget(request.url),
      headers: head.headers,
      body: Buffer.from(body.text, 'latin1'),
    },
  };
}
