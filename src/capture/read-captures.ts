import { chooseFormat, DETECTION_BYTES } from './detect-format.js';
import { createDigestWatch } from './left-over.js';
import { MAX_LINE_BYTES } from './lines.js';
import { missNoDigest } from './miss-no-digest.js';
import { missNoBody } from './no-body.js';
import { readBlocks, readLines } from './read-lines.js';
import type { Entries, LogFields, ReadAtFile } from './reader.js';
import { type CaptureEntry, type CapturePlace, malformed, type PlacedEntry } from './record.js';
import { type CaptureFormat, readerOf } from './registry.js';
import { type ByteSource, inPlaceOf, mostHeld, peek, readWhole } from './source.js';

export interface ReadOptions extends LogFields {
  /** The name of the file, for the places of entries and for what its content leaves open. */
  readonly file: string;
  /** As the user names it; detected from the content when absent. */
  readonly format?: CaptureFormat | undefined;
  /** What `chooseFormat` has said already. */
  readonly detected?: CaptureFormat | undefined;
  /** Reads the files that curl commands name with `@path`; without it such bodies are malformed. */
  readonly readAtFile?: ReadAtFile | undefined;
  /** Called for a part of the file that holds no web hook and names no digest. */
  readonly onLeftOver?: ((at: CapturePlace) => void) | undefined;
  /** An entry without a body is one all the same: for those who ask when it came. */
  readonly bodies?: 'wanted' | 'not-wanted' | undefined;
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
  const { file } = options;
  const { head, source } = await peek(given, DETECTION_BYTES);
  if (head.length === 0 && options.format === undefined) return;
  const found: Entries =
    isUtf16(head) && options.format !== 'raw' ? [UTF16] : await entriesOf(source, head, options);
  for await (const { line, entry, ...parsed } of found) {
    const at = { file, line, entry };
    if (parsed.kind === 'left-over') options.onLeftOver?.(at);
    else yield { ...parsed, at };
  }
}

/** Loads the reader of the one format: the tool's own captures, the usual case, need no other. */
async function entriesOf(source: ByteSource, head: Uint8Array, options: ReadOptions) {
  const format = options.detected ?? chooseFormat(head, options);
  const watch = createDigestWatch();
  const bytes = isSelfEvident(format) ? source : inPlaceOf(source, watch.watch(source));
  const maxLineBytes = mostHeld(source, options.maxLineBytes ?? MAX_LINE_BYTES);
  const entries = await readerOf(format).open({
    head,
    isNamed: options.format !== undefined,
    fields: options,
    readAtFile: options.readAtFile,
    lines: (parse) => readLines(bytes, parse, maxLineBytes),
    blocks: (parse) => readBlocks(bytes, parse, maxLineBytes),
    whole: (read) => readFile(bytes, read, options.maxFileBytes),
  });
  if (isSelfEvident(format)) return entries;
  const mayLackBody = KEEPS_LENGTH.has(format) || options.bodies === 'not-wanted';
  return missNoDigest(mayLackBody ? entries : missNoBody(entries, head), watch);
}

/** What these read is the message itself, or says so where it is empty. */
const KEEPS_LENGTH: ReadonlySet<CaptureFormat> = new Set(['http', 'ngrok']);

/** What these read is all there is: a line of ours is one request, a raw body the whole file. */
function isSelfEvident(format: CaptureFormat): boolean {
  return format === 'ndjson' || format === 'raw';
}

async function* readFile(
  source: ByteSource,
  read: (bytes: Buffer) => Entries,
  maxFileBytes = MAX_FILE_BYTES,
): AsyncGenerator<PlacedEntry> {
  const file = await readWhole(source, maxFileBytes);
  if (file.kind === 'whole') yield* read(file.bytes);
  else yield malformed(tooLarge(source, maxFileBytes));
}

function tooLarge(source: ByteSource, maxFileBytes: number): string {
  const most = mostHeld(source, maxFileBytes);
  if (most === maxFileBytes)
    return `The file is larger than ${most} bytes, too much for its format.`;
  return `The file unpacks to more than ${most} bytes, too much for how small it is; unpack it first.`;
}

function isUtf16(head: Uint8Array): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
}
