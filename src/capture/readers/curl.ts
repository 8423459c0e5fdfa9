import type { Header } from '../../ports.js';
import { DIGEST_HEADER } from '../../webhook/digest.js';
import { trimBlanks } from '../blanks.js';
import { asBuffer } from '../json-value.js';
import type { ReadAtFile } from '../reader.js';
import { malformed, type ParsedCapture, type PlacedCapture } from '../record.js';
import { pathOfUrl } from '../request-target.js';
import { readCommands, type ShellCommand } from '../shell/script.js';
import { type Argument, type CurlRequest, parseCurlArguments } from './curl-arguments.js';
import { curlBody } from './curl-body.js';

const CURL = /^(?:.*\/)?curl(?:\.exe)?$/;
const WINDOWS_QUOTING = /^[ \t]*curl(?:\.exe)? (?: *\^"|[^\n'"]* \^\r?\n)/m;
/** What may stand before a command in a script or a pasted prompt. */
const BEFORE_COMMAND: readonly string[] =
  '$ % > ! { if then else do while until time env exec command sudo'.split(' ');
const ASSIGNMENT = /^\w+=/;
const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * Reads the curl commands of a shell script, or of a command pasted from a browser. Only headers
 * the command gives are kept, not those curl adds.
 */
export async function* readCurl(
  bytes: Uint8Array,
  readAtFile: ReadAtFile | undefined,
): AsyncGenerator<PlacedCapture> {
  const script = asBuffer(bytes).toString('latin1');
  if (WINDOWS_QUOTING.test(script)) return yield windowsQuoting();
  const commands = readCommands(script).flatMap(asCurl);
  if (commands.length === 0) yield malformed('The file holds no curl command.');
  for (const { words, line, input } of commands) {
    for (const request of parseCurlArguments(words)) {
      yield { ...(await parseRequest(request, { stdin: input, readAtFile })), line };
    }
  }
}

function windowsQuoting() {
  return malformed('The command is quoted for the Windows prompt; copy it as cURL for bash.');
}

function asCurl(command: ShellCommand): readonly ShellCommand[] {
  const name = command.words.findIndex(({ text }) => CURL.test(text));
  const leads = command.words
    .slice(0, Math.max(name, 0))
    .every(({ text }) => BEFORE_COMMAND.includes(text) || ASSIGNMENT.test(text));
  return name === -1 || !leads ? [] : [{ ...command, words: command.words.slice(name + 1) }];
}

async function parseRequest(
  request: CurlRequest,
  input: Parameters<typeof curlBody>[1],
): Promise<ParsedCapture> {
  if (request.elsewhere !== undefined) {
    return malformed(`The command sends ${request.elsewhere}, so the body is not in the command.`);
  }
  const unknown = request.headers.find(isUnknownDigest)?.unresolved;
  if (unknown !== undefined) {
    return malformed(`The digest holds ${unknown}, which only the shell that ran it knows.`);
  }
  const found = await curlBody(request.data, input);
  if (found.kind === 'malformed') return found;
  const headers = request.headers.flatMap(headerOf);
  const { method } = request;
  return {
    kind: 'capture',
    record: { method, path: pathOf(request.url), headers, body: found.bytes },
  };
}

function isUnknownDigest({ text, unresolved }: Argument): boolean {
  return unresolved !== undefined && text.toLowerCase().startsWith(DIGEST_HEADER.toLowerCase());
}

/** `Name: value`; `Name;` sends an empty value, `Name:` takes the header away. */
function headerOf({ text }: Argument): readonly Header[] {
  const sign = text.search(/[:;]/);
  if (sign < 1) return [];
  const name = text.slice(0, sign);
  const value = trimBlanks(text.slice(sign + 1));
  if (text[sign] === ';') return value === '' ? [[name, '']] : [];
  return value === '' ? [] : [[name, value]];
}

function pathOf(url: string | undefined): string | undefined {
  return url === undefined || HAS_SCHEME.test(url) ? pathOfUrl(url) : pathOfUrl(`http://${url}`);
}
