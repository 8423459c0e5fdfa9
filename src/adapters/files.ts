// `node:fs/promises` by name would be loaded at once; this loads it when it is first used.
import { createReadStream, promises, readFileSync, statSync } from 'node:fs';
import { HookError } from '../errors.js';
import type { Files } from '../ports.js';

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
};

const CHUNK_BYTES = 1024 * 1024;

export const diskFiles: Files = {
  read: async (path) => {
    try {
      return isSmall(path) ? readFileSync(path) : await promises.readFile(path);
    } catch (error) {
      throw unreadable(path, error);
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
  write: async (path, bytes) => {
    try {
      await promises.writeFile(path, bytes);
    } catch (error) {
      throw new HookError(
        'unwritable-file',
        `${path} cannot be written: ${reasonOf(error).replace(NO_FILE, NO_FOLDER)}.`,
        'Name another place.',
      );
    }
  },
};

/**
 * What fits one chunk is read at once: starting Node's pool of threads and its streams takes longer
 * than reading it. Pipes and devices are never small, for they may have nothing to say for a while.
 */
function isSmall(path: string): boolean {
  const stats = statSync(path);
  return stats.isFile() && stats.size <= CHUNK_BYTES;
}

export function unreadable(path: string, error: unknown): HookError {
  return new HookError(
    'unreadable-file',
    `${path} cannot be read: ${reasonOf(error)}.`,
    'Check the path.',
  );
}

/** Why a file operation did not work, as the end of a sentence. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? error.message;
}
