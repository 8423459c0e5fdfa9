import { closeSync, constants, fstatSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DETECTION_BYTES, detectFormat } from '../../../capture/detect-format.js';
import { HookError } from '../../../errors.js';
import { AppendLog, type AppendLogOptions } from './append-log.js';
import { type Lock, lockFile, type Processes } from './lock-file.js';
import { bytesAt, type Repair, repairEnd } from './repair.js';

/** A capture file that is open for this process alone. */
export interface CaptureLog {
  readonly log: AppendLog;
  /** What it held when it was opened. */
  /** The bytes it held when it was opened. */
  readonly heldBytes: number;
  /** Writes what is pending, and closes. */
  close(): Promise<void>;
}

export interface OpenLogOptions {
  readonly settles: AppendLogOptions['settles'];
  readonly processes: Processes;
  readonly onNotice: (text: string) => void;
  /** Why a file operation did not work, as the end of a sentence. */
  readonly reasonOf: (error: unknown) => string;
}

const OUR_START = '{"kind":"';
const READ_WRITE = constants.O_RDWR | constants.O_CREAT;
const OWNER_ONLY = 0o600;

/**
 * Opens a capture file to add to it, whole: a line that was torn when its writer was killed is cut off.
 * @throws HookError `unwritable-file`, also where another listener has it or it holds something else
 */
export function openCaptureLog(path: string, options: OpenLogOptions): CaptureLog {
  try {
    return open(path, options);
  } catch (error) {
    if (error instanceof HookError) throw error;
    throw new HookError(
      'unwritable-file',
      `${path} cannot be written: ${options.reasonOf(error)}.`,
      'Name another place with --out.',
    );
  }
}

function open(path: string, options: OpenLogOptions): CaptureLog {
  const fd = openSync(path, READ_WRITE, OWNER_ONLY);
  const isFile = fstatSync(fd).isFile();
  let lock: Lock | undefined;
  try {
    lock = isFile ? lockFile(path, options.processes) : undefined;
    if (isFile) prepare(fd, path, options);
  } catch (error) {
    lock?.release();
    closeSync(fd);
    throw error;
  }
  const sizeBytes = isFile ? fstatSync(fd).size : undefined;
  const log = new AppendLog({ fd, sizeBytes, settles: options.settles });
  const close = async () => {
    await log.flushed();
    closeSync(fd);
    lock?.release();
  };
  return { log, heldBytes: log.sizeBytes, close };
}

function prepare(fd: number, path: string, { settles, onNotice }: OpenLogOptions): void {
  refuseOthers(fd, path);
  const notice = repairNotice(repairEnd(fd, path), path);
  if (notice !== undefined) onNotice(notice);
  if (settles === 'synced') syncWithName(fd, path);
}

/** Adding to the wrong file would spoil it. */
function refuseOthers(fd: number, path: string): void {
  const head = bytesAt(fd, 0, DETECTION_BYTES);
  const start = head.toString('latin1', 0, OUR_START.length);
  const isOurs = OUR_START.startsWith(start) || detectFormat(head, path) === 'ndjson';
  if (isOurs) return;
  throw new HookError(
    'unwritable-file',
    `${path} is no capture file of inqud-hook, so nothing is added to it.`,
    'Name another file with --out.',
  );
}

/** A new file survives a power cut once its folder knows of it. */
function syncWithName(fd: number, path: string): void {
  fsyncSync(fd);
  try {
    const folder = openSync(dirname(path), constants.O_RDONLY);
    fsyncSync(folder);
    closeSync(folder);
  } catch {
    // Windows does not open folders; its file systems keep names by themselves.
  }
}

function repairNotice(repair: Repair, path: string): string | undefined {
  switch (repair.kind) {
    case 'none':
      return undefined;
    case 'completed':
      return `The last line of ${path} had no newline; it has one now.`;
    case 'cut':
      return `The last line of ${path} was torn, so it was never acknowledged: its ${repair.bytes} bytes are now in ${repair.movedTo}.`;
    case 'dropped':
      return `The last line of ${path} was torn, so it was never acknowledged: its ${repair.bytes} bytes are cut off.`;
    default:
      return repair satisfies never;
  }
}
