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
import { AppendLog, type LogFile } from '../store/append-log.js';

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

/** How far the capture file has been passed on, kept in a file beside it. */
export interface ProgressFile {
  readonly backlog: Backlog;
  keep(entry: Entry): void;
  close(): Promise<void>;
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
    return createProgress(path, backlog, options);
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

function createProgress(path: string, backlog: Backlog, options: ProgressOptions): ProgressFile {
  const { capture } = options;
  let firstLine = firstLineOf(capture);
  let about = capture.current;
  let log = rewritten(path, journalLines(backlog, firstLine));
  /** Once there is another capture file at the path, this file is about that one. */
  const follow = async () => {
    about = capture.current;
    firstLine = firstLineOf(capture);
    const before = log;
    log = rewritten(path, journalLines(new Backlog(about.fileStart), firstLine));
    await before.close();
  };
  const write = (line: string) =>
    log.append(Buffer.from(`${line}\n`), (error) => {
      if (error !== undefined)
        options.onNotice(`${path} cannot be written: ${options.reasonOf(error)}.`);
    });
  return {
    backlog,
    keep: (entry) => {
      if (capture.current !== about) void follow();
      // What comes of requests in a file that was moved away cannot be taken up again by its place.
      if (entry.offset < about.start) return;
      if (firstLine === undefined) {
        firstLine = firstLineOf(capture);
        for (const line of journalLines(new Backlog(0), firstLine)) write(line);
      }
      write(JSON.stringify({ ...entry, offset: entry.offset - about.start + about.fileStart }));
    },
    close: () => log.close(),
  };
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
