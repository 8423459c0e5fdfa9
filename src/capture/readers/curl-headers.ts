import type { Header } from '../../ports.js';
import { DIGEST_HEADER } from '../../webhook/scheme.js';
import { trimBlanks } from '../blanks.js';
import type { MalformedCapture } from '../record.js';
import type { ShellText } from '../shell/text.js';
import { type CurlFiles, contentOf, readNamedFile } from './curl-files.js';

type Headers = { readonly kind: 'headers'; readonly headers: readonly Header[] };

/** The headers of `-H`, in order; a header whose value is not known only matters if it is the digest. */
export async function curlHeaders(
  given: readonly ShellText[],
  files: CurlFiles,
): Promise<Headers | MalformedCapture> {
  const headers: Header[] = [];
  for (const item of given) {
    const found = item.text.startsWith('@')
      ? await headersInFile(item, files)
      : await headerLine(item, files);
    if (found.kind === 'malformed') return found;
    headers.push(...found.headers);
  }
  return { kind: 'headers', headers };
}

async function headersInFile(
  { text, ...rest }: ShellText,
  files: CurlFiles,
): Promise<Headers | MalformedCapture> {
  const file = await readNamedFile({ ...rest, text: text.slice(1) }, files, 'headers');
  if (file.kind === 'malformed') return file;
  return { kind: 'headers', headers: file.text.split(/\r?\n/).flatMap(headerOf) };
}

async function headerLine(item: ShellText, files: CurlFiles): Promise<Headers | MalformedCapture> {
  if (!mayBeDigest(item)) return { kind: 'headers', headers: headerOf(item.text) };
  const line = await contentOf(item, files, 'digest');
  return line.kind === 'malformed' ? line : { kind: 'headers', headers: headerOf(line.text) };
}

/** A header that is named by what only the shell knows may be the digest as well. */
function mayBeDigest({ text, unresolved, files }: ShellText): boolean {
  const isKnown = unresolved === undefined && files === undefined;
  return (
    isKnown ||
    text.toLowerCase().startsWith(DIGEST_HEADER.toLowerCase()) ||
    !/^[\w-]+[:;]/.test(text)
  );
}

/** `Name: value`; `Name;` sends an empty value, `Name:` takes the header away. */
function headerOf(text: string): readonly Header[] {
  const sign = text.search(/[:;]/);
  if (sign < 1) return [];
  const name = text.slice(0, sign);
  const value = trimBlanks(text.slice(sign + 1));
  if (text[sign] === ';') return value === '' ? [[name, '']] : [];
  return value === '' ? [] : [[name, value]];
}
