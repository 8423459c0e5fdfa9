import type { LineParser } from './read-lines.js';
import type { PlacedEntry } from './record.js';

/** What a reader finds, in the order of the file; `leftOver(…)` in the place of what it steps over. */
export type Entries = Iterable<PlacedEntry> | AsyncIterable<PlacedEntry>;

/** Reads the files that a script names with `@path`. @throws HookError where one cannot be read */
export type ReadAtFile = (path: string) => Promise<Uint8Array>;

/** Where an application's log keeps a body and its digest, as dotted paths. */
export interface LogFields {
  readonly bodyField?: string | undefined;
  readonly digestField?: string | undefined;
}

/** One file as its reader gets it. Each file is read once, in one of the three ways. */
export interface ReaderInput {
  /** The first bytes of the file. */
  readonly head: Uint8Array;
  /** The user named the format; otherwise the content told it. */
  readonly isNamed: boolean;
  readonly fields: LogFields;
  /** Without it a body in another file is malformed. */
  readonly readAtFile: ReadAtFile | undefined;
  /** Line by line, in constant memory. */
  lines(parse: LineParser): Entries;
  /** The same, but an object that is laid out over several lines is passed as one line. */
  blocks(parse: LineParser): Entries;
  /** As a whole, up to a limit. */
  whole(read: (bytes: Buffer) => Entries): Entries;
}

/** Dotted keys of a JSON value that are all there, the items of a list being `[]`. */
export type JsonMark = readonly string[];

/** How the content tells that a reader is the one; any one mark is enough. */
export interface Marks {
  /** Keys of the JSON that the file starts with. */
  readonly json?: readonly JsonMark[];
  /** Keys of the JSON on one of the first lines: anywhere in it, or from its first character. */
  readonly lines?: { readonly from: 'anywhere' | 'line-start'; readonly json: readonly JsonMark[] };
  /** Looks at the first bytes as Latin-1, without a byte order mark. */
  readonly text?: (text: string, fileName: string) => boolean;
}

/** All there is to know of a reader before it is loaded. */
export interface ReaderEntry {
  /** The value of `--from`. */
  readonly name: string;
  /** For the help: a few words, 23 characters at most. */
  readonly about: string;
  /** For the docs: a sentence on what is read. */
  readonly reads: string;
  /** For the docs: how the content tells it, where that is more than keys of JSON. */
  readonly toldBy?: string;
  readonly marks: Marks;
  /** Loads the reader and starts it. */
  readonly open: (input: ReaderInput) => Promise<Entries>;
}
