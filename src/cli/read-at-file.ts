import { dirname, isAbsolute, join } from 'node:path';
import type { ReadAtFile } from '../capture/reader.js';
import { HookError } from '../errors.js';
import type { Files } from '../ports.js';

const HINT = 'It was looked for in this folder, and beside the file that names it.';

/** Reads what a capture file names, from here, and where it is not here from beside that file. */
export function readsAtFile(files: Files, namedBy: string): ReadAtFile {
  return async (path) => {
    try {
      return await files.read(path);
    } catch (error) {
      if (!(error instanceof HookError) || isAbsolute(path)) throw error;
      return await readBeside(files, join(dirname(namedBy), path), error);
    }
  };
}

async function readBeside(files: Files, path: string, missing: HookError): Promise<Uint8Array> {
  try {
    return await files.read(path);
  } catch (error) {
    if (!(error instanceof HookError)) throw error;
    throw new HookError(missing.code, missing.message, HINT);
  }
}
