import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { HookError } from '../errors.js';
import type { Files } from '../ports.js';

/** What the operating system's words mean, in ours. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ENOSPC: 'no space is left on the device',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is not a folder',
};

const CHUNK_BYTES = 1024 * 1024;

export const diskFiles: Files = {
  read: async (path) => {
    try {
      return await readFile(path);
    } catch (error) {
      throw unreadable(path, error);
    }
  },
  stream: async function* stream(path) {
    try {
      yield* createReadStream(path, { highWaterMark: CHUNK_BYTES });
    } catch (error) {
      throw unreadable(path, error);
    }
  },
  write: async (path, bytes) => {
    try {
      await writeFile(path, bytes);
    } catch (error) {
      throw new HookError(
        'unwritable-file',
        `${path} cannot be written: ${reasonOf(error)}.`,
        'Name another place.',
      );
    }
  },
};

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
