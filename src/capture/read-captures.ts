import { DETECTION_BYTES, detectFormat, isPrettyPrinted } from './detect-format.js';
import type { CaptureFormat } from './format.js';
import { parseCaptureLine } from './own-format.js';
import { type LineParser, readLines } from './read-lines.js';
import type { ReadAtFile } from './readers/curl-body.js';
import type { LogFields } from './readers/json-lines.js';
import { type CaptureEntry, malformed, type PlacedCapture } from './record.js';
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

type Entries = Iterable<PlacedCapture> | AsyncIterable<PlacedCapture>;

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
  const format = options.format ?? formatOf(head, options);
  for await (const { line, entry, ...parsed } of await readFormat(source, head, format, options)) {
    yield { ...parsed, at: { file: options.file, line, entry } };
  }
}

function formatOf(head: Uint8Array, { bodyField, file }: ReadOptions): CaptureFormat {
  return bodyField === undefined ? detectFormat(head, file) : 'json-lines';
}

/** Loads the reader of the one format: the tool's own captures, the usual case, need no other. */
async function readFormat(
  source: ByteSource,
  head: Uint8Array,
  format: CaptureFormat,
  options: ReadOptions,
): Promise<Entries> {
  if (isUtf16(head) && options.format !== 'raw') return [UTF16];
  const lines = (parse: LineParser) => readLines(source, parse, options.maxLineBytes);
  const whole = (read: (bytes: Buffer) => Entries) => readFile(source, read, options.maxFileBytes);
  switch (format) {
    case 'ndjson':
      return lines((line) => [parseCaptureLine(line)]);
    case 'json-lines': {
      const { parseLogLine } = await import('./readers/json-lines.js');
      return lines((line) => [parseLogLine(line, options)]);
    }
    case 'aws': {
      const { parseAwsLine, readAwsDocument } = await import('./readers/aws.js');
      return isPrettyPrinted(head) ? whole(readAwsDocument) : lines(parseAwsLine);
    }
    case 'http':
      return whole((await import('./readers/http.js')).readHttp);
    case 'har':
      return whole((await import('./readers/har.js')).readHar);
    case 'curl': {
      const { readCurl } = await import('./readers/curl.js');
      return whole((bytes) => readCurl(bytes, options.readAtFile));
    }
    case 'ngrok':
      return whole((await import('./readers/ngrok.js')).readNgrok);
    case 'webhook-site':
      return whole((await import('./readers/webhook-site.js')).readWebhookSite);
    case 'raw':
      return whole((body) => [{ kind: 'capture', record: { headers: [], body } }]);
    default:
      return format satisfies never;
  }
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
