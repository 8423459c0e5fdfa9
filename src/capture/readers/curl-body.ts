import type { MalformedCapture } from '../record.js';
import type { ShellText } from '../shell/text.js';
import type { CurlData, CurlRequest } from './curl-arguments.js';
import { type Content, type CurlFiles, contentOf, readNamedFile } from './curl-files.js';

const LINE_BYTES = /[\r\n\0]/g;
const UNRESERVED = /[A-Za-z0-9\-._~]/;

/** The body curl sends: a file as it is, or the data options joined with `&`, but for `--json`. */
export async function curlBody(
  { data, upload }: CurlRequest,
  files: CurlFiles,
): Promise<Content | MalformedCapture> {
  if (upload !== undefined) return readNamedFile(upload, files, 'body');
  const parts: string[] = [];
  for (const item of data) {
    const part = await readPart(item, files);
    if (part.kind === 'malformed') return part;
    const joins = parts.some(({ length }) => length > 0) && item.how !== 'json';
    if (joins) parts.push('&');
    parts.push(part.text);
  }
  return content(parts.join(''));
}

async function readPart({ how, value }: CurlData, files: CurlFiles) {
  if (how === 'data-urlencode') return readEncoded(value, files);
  if (how === 'data-raw' || !value.text.startsWith('@')) return contentOf(value, files, 'body');
  const file = await readNamedFile(after(value, 1), files, 'body');
  if (file.kind === 'malformed' || how !== 'data') return file;
  return content(file.text.replace(LINE_BYTES, ''));
}

/** `content`, `=content`, `name=content`, `@file` or `name@file`. */
async function readEncoded(
  value: ShellText,
  files: CurlFiles,
): Promise<Content | MalformedCapture> {
  const found = await contentOf(value, files, 'body');
  if (found.kind === 'malformed') return found;
  const { text } = found;
  const sign = text.search(/[=@]/);
  if (sign === -1) return content(urlEncoded(text));
  const name = sign === 0 ? '' : `${text.slice(0, sign)}=`;
  const rest = text.slice(sign + 1);
  if (text[sign] === '=') return content(name + urlEncoded(rest));
  const file = await readNamedFile({ text: rest }, files, 'body');
  return file.kind === 'malformed' ? file : content(name + urlEncoded(file.text));
}

function after(value: ShellText, start: number): ShellText {
  return { ...value, text: value.text.slice(start) };
}

function content(text: string): Content {
  return { kind: 'content', text };
}

/** As curl does it for forms: a space becomes a plus. */
function urlEncoded(text: string): string {
  return Array.from(text, (character) => {
    if (character === ' ') return '+';
    if (UNRESERVED.test(character)) return character;
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
