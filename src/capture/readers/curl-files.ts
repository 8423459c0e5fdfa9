import { HookError } from '../../errors.js';
import { asBuffer } from '../json-value.js';
import type { ReadAtFile } from '../reader.js';
import { type MalformedCapture, malformed } from '../record.js';
import { type InsertedFile, type ShellText, substituted, type Unresolved } from '../shell/text.js';

/** Where the texts of one command come from. */
export interface CurlFiles {
  readonly stdin: ShellText | undefined;
  /** What the script has written itself, by path. */
  readonly written: ReadonlyMap<string, ShellText>;
  readonly readAtFile: ReadAtFile | undefined;
}

/** One character a byte. */
export interface Content {
  readonly kind: 'content';
  readonly text: string;
}

/** What is being read, for the sentences on why it cannot be. */
export type Wanted = 'body' | 'digest' | 'headers';

/** A script may write one file from another; more steps than this are not followed. */
const MOST_STEPS = 8;

/** The text with the content of files put in, or why it cannot be had. */
export async function contentOf(
  text: ShellText,
  files: CurlFiles,
  wanted: Wanted,
  steps = 0,
): Promise<Content | MalformedCapture> {
  if (text.unresolved !== undefined) return unresolvedText(text.unresolved, wanted);
  const parts: string[] = [];
  let at = 0;
  for (const inserted of text.files ?? []) {
    const content = await readInserted(inserted, files, wanted, steps);
    if (content.kind === 'malformed') return content;
    parts.push(text.text.slice(at, inserted.at), content.text);
    at = inserted.at;
  }
  return { kind: 'content', text: parts.join('') + text.text.slice(at) };
}

/** The content of the file of this name, `-` being what the command reads. */
export async function readNamedFile(
  path: ShellText,
  files: CurlFiles,
  wanted: Wanted,
): Promise<Content | MalformedCapture> {
  const name = await contentOf(path, files, wanted);
  if (name.kind === 'malformed') return name;
  if (name.text !== '-') return readFile(name.text, files, wanted, 0);
  const { stdin } = files;
  return stdin === undefined ? piped(wanted) : contentOf(stdin, files, wanted);
}

async function readInserted(
  { path, how }: InsertedFile,
  files: CurlFiles,
  wanted: Wanted,
  steps: number,
): Promise<Content | MalformedCapture> {
  const file = await readFile(path, files, wanted, steps);
  if (file.kind === 'malformed' || how === 'whole') return file;
  return { kind: 'content', text: substituted(file).text };
}

async function readFile(
  path: string,
  files: CurlFiles,
  wanted: Wanted,
  steps: number,
): Promise<Content | MalformedCapture> {
  const written = steps < MOST_STEPS ? files.written.get(path) : undefined;
  if (written !== undefined) return contentOf(written, files, wanted, steps + 1);
  const name = Buffer.from(path, 'latin1').toString('utf8');
  if (files.readAtFile === undefined) {
    return malformed(`The ${wanted} ${are(wanted)} in the file ${name}, not here.`);
  }
  try {
    return {
      kind: 'content',
      text: asBuffer(await files.readAtFile(name)).toString('latin1'),
    };
  } catch (error) {
    if (error instanceof HookError) return malformed(error.message, error.hint);
    throw error;
  }
}

function unresolvedText(unresolved: Unresolved, wanted: Wanted): MalformedCapture {
  const instead = INSTEAD[wanted];
  switch (unresolved.kind) {
    case 'variable':
      return malformed(
        `The ${wanted} ${hold(wanted)} $${unresolved.name}, which only the shell that ran it knows.`,
        instead,
      );
    case 'substitution':
      return malformed(
        `A command substitution computes the ${wanted} when the script runs.`,
        instead,
      );
    case 'another-command':
      return piped(wanted);
    case 'open-quote':
      return malformed(`The ${wanted} ${hold(wanted)} a quote that is never closed.`);
    case 'missing-value':
      return malformed(`The option for the ${wanted} has no value.`);
    default:
      return unresolved satisfies never;
  }
}

function piped(wanted: Wanted): MalformedCapture {
  return malformed(`The command reads the ${wanted} from another command.`, INSTEAD[wanted]);
}

const INSTEAD: Readonly<Record<Wanted, string>> = {
  body: 'Save what is sent in a file, and give its digest with --digest.',
  digest: 'Run that, and write its result in its place; or verify the body alone with --digest.',
  headers: 'Write the headers out with -H.',
};

function hold(wanted: Wanted): string {
  return wanted === 'headers' ? 'hold' : 'holds';
}

function are(wanted: Wanted): string {
  return wanted === 'headers' ? 'are' : 'is';
}
