import { chooseFormat, DETECTION_BYTES } from './detect-format.js';
import { readLines } from './read-lines.js';
import type { Entries, LogFields, ReadAtFile } from './reader.js';
import { type CaptureEntry, malformed, type PlacedCapture } from './record.js';
import { type CaptureFormat, readerOf } from './registry.js';
import { type ByteSource, peek, readWhole } from './source.js';

export interface ReadOptions extends LogFields {
  /** The name of the file, for the places of entries and for what its content leaves open. */
  readonly file: string;
  /** Detected from the content when absent. */
  readonly format?: CaptureFormat | undefined;
  /** Reads the files that curl commands name with `@path`; without it such bodies are malformed. */
  readonly readAtFile?: ReadAtFile | undefined;
  /** Formats that are read as a whole may be this large. */
  readonly maxFileBytes?: number | undefined;
  /** A longer line is malformed. */
  readonly maxLineBytes?: number | undefined;
}

/** Below the longest string Node can hold (2^29 - 24 characters), so that any such file decodes. */
const MAX_FILE_BYTES = 500 * 1024 * 1024;

const UTF16 = malformed('The file is UTF-16, in which no web hook is sent; save it as UTF-8.');

/**
 * Reads the captures of one file, in order, as they come; an empty file of no given format has none.
 * Formats of lines take constant memory, the others are read as a whole first. What cannot be read is
 * an entry of its own, and reading goes on; this throws only what `source` and `readAtFile` throw,
 * but for a HookError of the latter.
 */
export async function* readCaptures(
  given: ByteSource,
  options: ReadOptions,
): AsyncGenerator<CaptureEntry> {
  const { head, source } = await peek(given, DETECTION_BYTES);
  if (head.length === 0 && options.format === undefined) return;
  for await (const { line, entry, ...parsed } of await entriesOf(source, head, options)) {
    yield { ...parsed, at: { file: options.file, line, entry } };
  }
}

/** Loads the reader of the one format: the tool's own captures, the usual case, need no other. */
async function entriesOf(
  source: ByteSource,
  head: Uint8Array,
  options: ReadOptions,
): Promise<Entries> {
  if (isUtf16(head) && options.format !== 'raw') return [UTF16];
  return readerOf(chooseFormat(head, options)).open({
    head,
    fields: options,
    readAtFile: options.readAtFile,
    lines: (parse) => readLines(source, parse, options.maxLineBytes),
    whole: (read) => readFile(source, read, options.maxFileBytes),
  });
}

async function* readFile(
  source: ByteSource,
  read: (bytes: Buffer) => Entries,
  maxFileBytes = MAX_FILE_BYTES,
): AsyncGenerator<PlacedCapture> {
  const file = await readWhole(source, maxFileBytes);
  if (file.kind === 'whole') yield* read(file.bytes);
  else yield malformed(`The file is larger than ${maxFileBytes} bytes, too much for its format.`);
}

function isUtf16(head: Uint8Array): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
}
