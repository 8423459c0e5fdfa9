import { hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { HookError } from '../../../errors.js';
import { Backlog } from '../../../listening/forward/backlog.js';
import {
  createJournalReader,
  type Entry,
  journalLines,
  type Restored,
} from '../../../listening/forward/journal.js';
import { AppendLog } from '../store/append-log.js';
import type { LogFile } from '../store/group-writer.js';

export interface ProgressOptions {
  /** The capture file's. */
  readonly path: string;
  readonly capture: AppendLog;
  /** What the capture file held when this listener opened it. */
  readonly heldBytes: number;
  readonly onNotice: (text: string) => void;
  /** Why a file operation did not work, as the end of a sentence. */
  readonly reasonOf: (error: unknown) => string;
}

const NEWLINE = 0x0a;
/** Enough to tell files apart: it holds the time and the headers of the first capture. */
const FIRST_LINE_BYTES = 4_096;

/**
 * Goes on where the last listener on this file stopped. The first one begins with what arrives from
 * now on: nobody asked for the rest to be passed on.
 * @throws HookError `unwritable-file`
 */
export function openProgress(options: ProgressOptions): ProgressFile {
  const path = `${options.path}.forwarded`;
  try {
    const backlog = backlogFrom(textOf(path), options);
    return new ProgressFile(path, backlog, options);
  } catch (error) {
    throw new HookError(
      'unwritable-file',
      `${path} cannot be written: ${options.reasonOf(error)}.`,
      'It keeps what has been forwarded, and lies beside the capture file: name another with --out.',
    );
  }
}

function backlogFrom(text: string | undefined, options: ProgressOptions): Backlog {
  const { path, heldBytes, onNotice } = options;
  const restored = text === undefined ? undefined : restore(text);
  if (restored === undefined) {
    if (heldBytes > 0) onNotice(`What ${path} held before is not forwarded; replay can send it.`);
    return new Backlog(heldBytes);
  }
  if (isOfThisFile(restored, options)) {
    const { cursor, retries } = restored.backlog;
    const isBehind = cursor < heldBytes || retries.length > 0;
    if (isBehind) onNotice(`Requests of ${path} are still to be forwarded: they are caught up on.`);
    return restored.backlog;
  }
  onNotice(`${path} is not the file that was forwarded before: all of it is forwarded.`);
  return new Backlog(0);
}

function restore(text: string): Restored | undefined {
  const reader = createJournalReader();
  for (const line of text.split('\n')) reader.line(line);
  return reader.end();
}

function isOfThisFile({ backlog, firstLine }: Restored, options: ProgressOptions): boolean {
  if (backlog.cursor > options.heldBytes) return false;
  return firstLine === undefined || firstLine === firstLineOf(options.capture);
}

/** How far the capture file has been passed on, kept in a file beside it. */
class ProgressFile {
  readonly backlog: Backlog;
  readonly #path: string;
  readonly #options: ProgressOptions;
  #log: AppendLog;
  /** Which capture file at the path this one is about. */
  #about: AppendLog['current'];
  #firstLine: string | undefined;

  constructor(path: string, backlog: Backlog, options: ProgressOptions) {
    const { capture } = options;
    this.backlog = backlog;
    this.#path = path;
    this.#options = options;
    this.#about = capture.current;
    this.#firstLine = firstLineOf(capture);
    this.#log = rewritten(path, journalLines(backlog, this.#firstLine));
  }

  keep(entry: Entry): void {
    const { capture } = this.#options;
    if (capture.current !== this.#about) this.#follow();
    const { start, fileStart } = this.#about;
    // What comes of requests in a file that was moved away cannot be taken up again by its place.
    if (entry.offset < start) return;
    if (this.#firstLine === undefined) {
      this.#firstLine = firstLineOf(capture);
      for (const line of journalLines(new Backlog(0), this.#firstLine)) this.#write(line);
    }
    this.#write(JSON.stringify({ ...entry, offset: entry.offset - start + fileStart }));
  }

  close(): Promise<void> {
    return this.#log.close();
  }

  /** Once there is another capture file at the path, this one is about that. */
  #follow(): void {
    const { capture } = this.#options;
    this.#about = capture.current;
    this.#firstLine = firstLineOf(capture);
    const before = this.#log;
    try {
      const lines = journalLines(new Backlog(this.#about.fileStart), this.#firstLine);
      this.#log = rewritten(this.#path, lines);
      void before.close();
    } catch (error) {
      this.#tell(error);
    }
  }

  #write(line: string): void {
    this.#log.append(Buffer.from(`${line}\n`), (error) => {
      if (error !== undefined) this.#tell(error);
    });
  }

  #tell(error: unknown): void {
    const { onNotice, reasonOf } = this.#options;
    onNotice(`${this.#path} cannot be written: ${reasonOf(error)}.`);
  }
}

/** Replaces the file by a short one, so that it does not grow for ever; never half. */
function rewritten(path: string, lines: readonly string[]): AppendLog {
  writeFileSync(`${path}.new`, `${lines.join('\n')}\n`);
  renameSync(`${path}.new`, path);
  return new AppendLog({ file: ownFile(openSync(path, 'a+')), settles: 'written' });
}

/** Nobody else writes to it. */
function ownFile(fd: number): LogFile {
  return {
    fd,
    sizeBytes: fstatSync(fd).size,
    isPlain: true,
    look: () => undefined,
    isReachable: () => true,
    close: () => closeSync(fd),
  };
}

function firstLineOf(capture: AppendLog): string | undefined {
  const bytes = capture.firstBytes(FIRST_LINE_BYTES);
  if (bytes.length === 0) return undefined;
  const newline = bytes.indexOf(NEWLINE);
  return hash('sha1', bytes.subarray(0, newline === -1 ? bytes.length : newline), 'hex');
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
