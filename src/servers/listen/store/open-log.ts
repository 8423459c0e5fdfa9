/**
 * Where the listener keeps requests: files of lines that stay whole, whoever kills the listener, fills
 * the disk or moves the files away.
 */
import { existsSync, realpathSync } from 'node:fs';
import { HookError } from '../../../errors.js';
import { AppendLog } from './append-log.js';
import { CaptureFile, type CaptureFileOptions } from './capture-file.js';
import { type Lock, lockFile } from './lock-file.js';

/** A capture file that is open for this process alone. */
export interface CaptureLog {
  readonly log: AppendLog;
  /** The bytes it held when it was opened. */
  readonly heldBytes: number;
  /** Writes what is pending, and closes. */
  close(): Promise<void>;
}

export interface OpenLogOptions extends CaptureFileOptions {
  /** Why a file operation did not work, as the end of a sentence. */
  readonly reasonOf: (error: unknown) => string;
}

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
  const file = new CaptureFile(path, options);
  let lock: Lock | undefined;
  try {
    lock = file.isPlain ? lockFile(whereItIs(path), options.processes) : undefined;
  } catch (error) {
    file.close();
    throw error;
  }
  const log = new AppendLog({ file, settles: options.settles });
  const close = async () => {
    await log.close();
    lock?.release();
  };
  return { log, heldBytes: log.sizeBytes, close };
}

/** A symbolic link and what it leads to are one file, and one lock lies beside it. */
function whereItIs(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}
