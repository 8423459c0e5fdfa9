import { closeSync, constants, fstatSync, fsyncSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DETECTION_BYTES, detectFormat } from '../../../capture/detect-format.js';
import { HookError } from '../../../errors.js';
import type { LogFile } from './group-writer.js';
import { type Lock, lockInode, type Processes } from './lock-file.js';
import { bytesAt, type Repair, repairEnd } from './repair.js';
import type { FileChange } from './segments.js';

export interface CaptureFileOptions {
  readonly settles: 'written' | 'synced';
  readonly processes: Processes;
  readonly onNotice: (text: string) => void;
}

const OUR_START = '{"kind":"';
/** Appending leaves no hole, whatever somebody else does to the file. */
const APPENDING = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND;
const OWNER_ONLY = 0o600;

interface Opened {
  readonly fd: number;
  readonly dev: bigint;
  readonly ino: bigint;
  readonly lock: Lock | undefined;
}

/**
 * The file at a path, for this process alone. It is told by its device and inode, not by its name: when
 * somebody has moved or removed it, as a rotation of logs does, a new one is opened at the path.
 */
export class CaptureFile implements LogFile {
  readonly isPlain: boolean;
  readonly #path: string;
  readonly #options: CaptureFileOptions;
  #opened: Opened;

  /** @throws HookError `unwritable-file` where another listener has it or it holds something else */
  constructor(path: string, options: CaptureFileOptions) {
    this.#path = path;
    this.#options = options;
    this.#opened = openAt(path, options);
    this.isPlain = fstatSync(this.#opened.fd).isFile();
  }

  get fd(): number {
    return this.#opened.fd;
  }

  get sizeBytes(): number {
    return fstatSync(this.fd).size;
  }

  look(expectedBytes: number): FileChange['kind'] | undefined {
    if (!this.#isInPlace()) return this.#replace();
    const { sizeBytes } = this;
    if (sizeBytes === expectedBytes) return undefined;
    if (sizeBytes < expectedBytes) {
      this.#options.onNotice(
        `${this.#path} was shortened by somebody else: what comes is added at its end.`,
      );
    }
    repairEnd(this.fd, this.#path);
    return sizeBytes < expectedBytes ? 'shortened' : 'grown';
  }

  isReachable(): boolean {
    return fstatSync(this.fd).nlink > 0;
  }

  close(): void {
    closeSync(this.#opened.fd);
    this.#opened.lock?.release();
  }

  #isInPlace(): boolean {
    const named = statSync(this.#path, { bigint: true, throwIfNoEntry: false });
    return named?.ino === this.#opened.ino && named.dev === this.#opened.dev;
  }

  #replace(): 'replaced' {
    const opened = openAt(this.#path, this.#options);
    this.#opened.lock?.release();
    this.#opened = opened;
    const { onNotice } = this.#options;
    onNotice(`${this.#path} was moved or removed: what comes goes to a new file there.`);
    return 'replaced';
  }
}

function openAt(path: string, options: CaptureFileOptions): Opened {
  const fd = openSync(path, APPENDING, OWNER_ONLY);
  let lock: Lock | undefined;
  try {
    const stats = fstatSync(fd, { bigint: true });
    const { dev, ino } = stats;
    if (stats.isFile()) {
      lock = lockInode({ dev, ino }, { path, processes: options.processes });
      prepare(fd, path, options);
    }
    return { fd, dev, ino, lock };
  } catch (error) {
    lock?.release();
    closeSync(fd);
    throw error;
  }
}

function prepare(fd: number, path: string, { settles, onNotice }: CaptureFileOptions): void {
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
