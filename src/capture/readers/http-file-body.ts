import { HookError } from '../../errors.js';
import type { Header } from '../../ports.js';
import { headerValues } from '../../webhook/verdict.js';
import { asBuffer } from '../json-value.js';
import type { ReadAtFile } from '../reader.js';
import { type MalformedCapture, malformed } from '../record.js';
import type { Variables } from './brace-variables.js';

export interface FileLine {
  /** One character a byte. */
  readonly text: string;
  readonly ending: '\n' | '\r\n';
  /** Counted from 1. */
  readonly number: number;
}

interface HttpFileBody {
  readonly kind: 'body';
  readonly body: Uint8Array;
  readonly note?: string;
}

const BLANK = /^\s*$/;
const COMMENT = /^\s*(?:#|\/\/)/;
const HANDLER_START = /^>\s*\{%/;
const HANDLER_END = /%\}\s*$/;
/** A handler in a file, a file for the answer, an answer of before, an assertion of httpyac. */
const AFTER_BODY = /^(?:>{1,2}!?\s|<>\s|\?\?\s)/;
const FROM_FILE = /^<(@\w*)?\s+(\S(?:.*\S)?)\s*$/;
const NOTE = 'The lines of the body end in CRLF, as in the file; some tools send LF instead.';

/** The lines of a body: without blank lines around it, comments, and what handles the answer. */
export function bodyLines(lines: readonly FileLine[]): readonly FileLine[] {
  let isHandler = false;
  const kept = lines.filter(({ text }) => {
    if (isHandler || HANDLER_START.test(text)) {
      isHandler = !HANDLER_END.test(text);
      return false;
    }
    return !AFTER_BODY.test(text) && !COMMENT.test(text);
  });
  const first = kept.findIndex(({ text }) => !BLANK.test(text));
  const last = kept.findLastIndex(({ text }) => !BLANK.test(text));
  return first === -1 ? [] : kept.slice(first, last + 1);
}

/** The bytes that the lines stand for: they are joined as they are, `< file` being the file's. */
export async function httpFileBody(
  lines: readonly FileLine[],
  headers: readonly Header[],
  {
    variables,
    readAtFile,
  }: { readonly variables: Variables; readonly readAtFile: ReadAtFile | undefined },
): Promise<HttpFileBody | MalformedCapture> {
  const isMultipart = headerValues(headers, 'content-type').some((type) =>
    /^multipart\//i.test(type),
  );
  const parts: string[] = [];
  for (const [index, { text, ending }] of lines.entries()) {
    const content = await contentOf(text, variables, readAtFile);
    if (content.kind === 'malformed') return content;
    const isLast = index === lines.length - 1;
    parts.push(content.text, isLast ? '' : isMultipart ? '\r\n' : ending);
  }
  const body = Buffer.from(parts.join(''), 'latin1');
  const hasReturns = !isMultipart && lines.slice(0, -1).some(({ ending }) => ending === '\r\n');
  return { kind: 'body', body, ...(hasReturns && { note: NOTE }) };
}

async function contentOf(text: string, variables: Variables, readAtFile: ReadAtFile | undefined) {
  const [, withVariables, path] = FROM_FILE.exec(text) ?? [];
  if (path === undefined) return filled(text, variables);
  const file = await readFile(variables.fillIn(path).text, readAtFile);
  if (file.kind === 'malformed' || withVariables === undefined) return file;
  return filled(file.text, variables);
}

function filled(given: string, variables: Variables) {
  const { text, unknown } = variables.fillIn(given);
  return unknown === undefined
    ? ({ kind: 'content', text } as const)
    : variables.missing('body', unknown);
}

async function readFile(path: string, readAtFile: ReadAtFile | undefined) {
  const name = Buffer.from(path, 'latin1').toString('utf8');
  if (readAtFile === undefined) return malformed(`The body is in the file ${name}, not here.`);
  try {
    const text = asBuffer(await readAtFile(name)).toString('latin1');
    return { kind: 'content', text } as const;
  } catch (error) {
    if (error instanceof HookError) return malformed(error.message, error.hint);
    throw error;
  }
}
