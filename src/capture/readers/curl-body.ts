import { HookError } from '../../errors.js';
import type { ReadAtFile } from '../reader.js';
import { type MalformedCapture, malformed } from '../record.js';
import type { ShellText } from '../shell/word.js';
import type { CurlData } from './curl-arguments.js';

export interface CurlInput {
  readonly stdin: ShellText | undefined;
  readonly readAtFile: ReadAtFile | undefined;
}

type Part = { readonly kind: 'part'; readonly bytes: Buffer };

const LINE_BYTES = /[\r\n\0]/g;
const UNRESERVED = /[A-Za-z0-9\-._~]/;

/** The body curl sends for its data options: joined with `&`, but for `--json`. */
export async function curlBody(
  data: readonly CurlData[],
  input: CurlInput,
): Promise<Part | MalformedCapture> {
  const parts: Buffer[] = [];
  for (const item of data) {
    const part = await readPart(item, input);
    if (part.kind === 'malformed') return part;
    const joins = parts.some(({ length }) => length > 0) && item.how !== 'json';
    if (joins) parts.push(Buffer.from('&'));
    parts.push(part.bytes);
  }
  return { kind: 'part', bytes: Buffer.concat(parts) };
}

async function readPart({ how, value }: CurlData, input: CurlInput) {
  if (value.unresolved !== undefined) {
    return malformed(`The body holds ${value.unresolved}, which only the shell that ran it knows.`);
  }
  if (how === 'data-urlencode') return readEncoded(value.text, input);
  if (how === 'data-raw' || !value.text.startsWith('@')) return part(value.text);
  const file = await readSource(value.text.slice(1), input);
  if (file.kind === 'malformed' || how !== 'data') return file;
  return part(file.bytes.toString('latin1').replace(LINE_BYTES, ''));
}

/** `content`, `=content`, `name=content`, `@file` or `name@file`. */
async function readEncoded(text: string, input: CurlInput): Promise<Part | MalformedCapture> {
  const sign = text.search(/[=@]/);
  if (sign === -1) return part(urlEncoded(text));
  const name = sign === 0 ? '' : `${text.slice(0, sign)}=`;
  const rest = text.slice(sign + 1);
  if (text[sign] === '=') return part(name + urlEncoded(rest));
  const file = await readSource(rest, input);
  return file.kind === 'malformed' ? file : part(name + urlEncoded(file.bytes.toString('latin1')));
}

async function readSource(path: string, input: CurlInput): Promise<Part | MalformedCapture> {
  if (path === '-') return readStdin(input.stdin);
  const name = Buffer.from(path, 'latin1').toString('utf8');
  if (input.readAtFile === undefined)
    return malformed(`The body is in the file ${name}, not here.`);
  try {
    return { kind: 'part', bytes: Buffer.from(await input.readAtFile(name)) };
  } catch (error) {
    if (error instanceof HookError) return malformed(error.message);
    throw error;
  }
}

function readStdin(stdin: CurlInput['stdin']): Part | MalformedCapture {
  if (stdin === undefined) return malformed('The command reads the body from another command.');
  return stdin.unresolved === undefined
    ? part(stdin.text)
    : malformed(`The body holds ${stdin.unresolved}, which only the shell that ran it knows.`);
}

function part(text: string): Part {
  return { kind: 'part', bytes: Buffer.from(text, 'latin1') };
}

/** As curl does it for forms: a space becomes a plus. */
function urlEncoded(text: string): string {
  return Array.from(text, (character) => {
    if (character === ' ') return '+';
    if (UNRESERVED.test(character)) return character;
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
