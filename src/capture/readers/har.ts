import { HookError } from '../../errors.js';
import { bodyFromBase64, bodyFromText, type FoundBody } from '../body-text.js';
import { headersFromNamedList } from '../header-shapes.js';
import { isoFromText } from '../instant.js';
import { isObject, listOf, memberOf, textOf } from '../json-value.js';
import type { ReadAtFile } from '../reader.js';
import {
  type MalformedCapture,
  malformed,
  type ParsedCapture,
  type PlacedCapture,
} from '../record.js';
import { pathOfUrl } from '../request-target.js';
import { parseDocument } from './json-document.js';

/**
 * Reads a HAR 1.2 file. The format keeps request bodies as text only; tools that keep other bytes
 * mark base64 with a member of their own (`encoding` as in response contents, `_encoding`) or in
 * the comment, or attach a file (`_file`).
 */
export async function* readHar(
  bytes: Uint8Array,
  readAtFile: ReadAtFile | undefined,
): AsyncGenerator<PlacedCapture> {
  const document = parseDocument(bytes);
  if (document.kind === 'malformed') return yield document;
  const entries = listOf(memberOf(memberOf(document.value, 'log'), 'entries'));
  if (entries === undefined)
    return yield malformed('The file has no log.entries, so it is no HAR.');
  for (const [index, entry] of entries.entries()) {
    yield { ...(await parseEntry(entry, readAtFile)), entry: index + 1 };
  }
}

async function parseEntry(
  entry: unknown,
  readAtFile: ReadAtFile | undefined,
): Promise<ParsedCapture> {
  const request = memberOf(entry, 'request');
  if (!isObject(request)) return malformed('The entry has no request.');
  const found = await parseBody(request, readAtFile);
  if (found.kind === 'malformed') return found;
  const record = {
    at: isoFromText(memberOf(entry, 'startedDateTime')),
    method: textOf(memberOf(request, 'method')),
    path: pathOfUrl(textOf(memberOf(request, 'url'))),
    headers: headersFromNamedList(memberOf(request, 'headers')),
    body: found.body,
  };
  return { kind: 'capture', record, ...(isStatedEmpty(request) && { isStatedEmpty: true }) };
}

async function parseBody(
  request: unknown,
  readAtFile: ReadAtFile | undefined,
): Promise<FoundBody | MalformedCapture> {
  const postData = memberOf(request, 'postData');
  const file = textOf(memberOf(postData, '_file'));
  if (file !== undefined) return bodyFromFile(file, readAtFile);
  const text = textOf(memberOf(postData, 'text'));
  if (text === undefined || text === '') return missingBody(request, postData);
  return isBase64(postData) ? bodyFromBase64(text) : bodyFromText(text);
}

/** Playwright attaches what it keeps: then the file is beside the HAR, and `text` is empty. */
async function bodyFromFile(
  file: string,
  readAtFile: ReadAtFile | undefined,
): Promise<FoundBody | MalformedCapture> {
  if (readAtFile === undefined) return malformed(`The body is in the file ${file}, not here.`);
  try {
    return { kind: 'body', body: await readAtFile(file) };
  } catch (error) {
    if (error instanceof HookError) return malformed(error.message, error.hint);
    throw error;
  }
}

function isBase64(postData: unknown): boolean {
  const marks = ['encoding', '_encoding', 'comment'].map((key) => memberOf(postData, key));
  return marks.some((mark) => typeof mark === 'string' && /\bbase-?64\b/i.test(mark));
}

function missingBody(request: unknown, postData: unknown): FoundBody | MalformedCapture {
  if (listOf(memberOf(postData, 'params'))?.length) {
    return malformed('The entry keeps the parsed form fields and not the text of the body.');
  }
  const bodyBytes = memberOf(request, 'bodySize');
  if (typeof bodyBytes === 'number' && bodyBytes > 0) {
    return malformed(`The entry does not keep the body, which had ${bodyBytes} bytes.`);
  }
  return { kind: 'body', body: Buffer.alloc(0) };
}

function isStatedEmpty(request: unknown): boolean {
  return memberOf(request, 'bodySize') === 0;
}
