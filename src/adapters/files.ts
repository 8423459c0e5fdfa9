// `node:fs/promises` by name would be loaded at once; this loads it when it is first used.
import { createReadStream, promises, readFileSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { sizeText } from '../capture/size-text.js';
import { readWhole } from '../capture/source.js';
import { HookError } from '../errors.js';
import type { ByteSource, FileIdentity, Files } from '../ports.js';
import { codeOf } from './http/error-code.js';
import { writeWhole } from './write-whole.js';

/** Where a file is to be written it is its folder that is missing. */
const NO_FILE = 'there is no such file';
const NO_FOLDER = 'there is no such folder';

/** What the operating system's words mean, in ours. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: NO_FILE,
  EISDIR: 'it is a folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ENOSPC: 'no space is left on the device',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is not a folder',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'its symbolic links lead in a circle',
};

const NO_PATH = 'Give the path of a file, or pipe the text in and give - as the file.';
const LONGEST_SHOWN = 200;
const CHUNK_BYTES = 1024 * 1024;
/** Below the longest string there can be (2^29 - 24 characters). A device may never end. */
const MOST_BYTES = 500 * 1024 * 1024;

export const diskFiles: Files = {
  read: async (path) => {
    try {
      if (isSmall(path)) return readFileSync(path);
      return await readAll(createReadStream(path, { highWaterMark: CHUNK_BYTES }), path);
    } catch (error) {
      throw error instanceof HookError ? error : unreadable(path, error);
    }
  },
  stream: async function* stream(path) {
    try {
      if (isSmall(path)) yield readFileSync(path);
      else yield* createReadStream(path, { highWaterMark: CHUNK_BYTES });
    } catch (error) {
      throw unreadable(path, error);
    }
  },
  tryWriting: async (path) => {
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      // Opening a pipe waits for its reader.
      if (stats !== undefined && !stats.isFile() && !stats.isDirectory()) return;
      const file = await promises.open(path, 'a');
      await file.close();
      if (stats === undefined) await promises.unlink(path);
    } catch (error) {
      throw unwritable(path, error);
    }
  },
  write: async (path, bytes) => {
    try {
      await writeWhole(path, bytes);
    } catch (error) {
      throw unwritable(path, error);
    }
  },
  append: async (path, bytes) => {
    try {
      await promises.appendFile(path, bytes);
    } catch (error) {
      throw unwritable(path, error);
    }
  },
  identify: (path) => {
    try {
      return identityOf(path);
    } catch {
      return undefined;
    }
  },
};

/** What is not there is known by its folder, which may have several names. */
function identityOf(path: string): FileIdentity | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stats !== undefined) {
    return stats.isFile() ? { file: `${stats.dev}:${stats.ino}`, isThere: true } : undefined;
  }
  const folder = statSync(dirname(path), { bigint: true });
  return { file: `${folder.dev}:${folder.ino}/${basename(path)}`, isThere: false };
}

function unwritable(path: string, error: unknown): HookError {
  return new HookError(
    'unwritable-file',
    `${path} cannot be written: ${reasonOf(error).replace(NO_FILE, NO_FOLDER)}.`,
    'Name another place.',
  );
}

/**
 * What fits one chunk is read at once: starting Node's pool of threads and its streams takes longer
 * than reading it. Pipes and devices are never small, for they may have nothing to say for a while.
 */
function isSmall(path: string): boolean {
  const stats = statSync(path);
  return stats.isFile() && stats.size <= CHUNK_BYTES;
}

function tooLarge(name: string): HookError {
  return new HookError(
    'unreadable-file',
    `${name} is larger than ${sizeText(MOST_BYTES)}, more than is read at once.`,
    'Check what it is.',
  );
}

/** Everything of a stream that may have no end. @throws HookError `unreadable-file` */
export async function readAll(source: ByteSource, name: string): Promise<Uint8Array> {
  const all = await readWhole(source, MOST_BYTES);
  if (all.kind === 'whole') return all.bytes;
  throw tooLarge(name);
}

export function unreadable(path: string, error: unknown): HookError {
  return new HookError(
    'unreadable-file',
    `${shownPath(path)} cannot be read: ${reasonOf(error)}.`,
    codeOf(error) === 'ENAMETOOLONG' ? NO_PATH : 'Check the path.',
  );
}

/** Who types a body where a file is asked for is shown the beginning of it. */
function shownPath(path: string): string {
  return path.length <= LONGEST_SHOWN ? path : `${path.slice(0, LONGEST_SHOWN)}…`;
}

/** Why a file operation did not work, as the end of a sentence. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return REASONS[codeOf(error)] ?? error.message;
}
