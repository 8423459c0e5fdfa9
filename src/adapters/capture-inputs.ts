// `node:fs/promises` by name would be loaded at once; this loads it when it is first used.
import { closeSync, fstatSync, openSync, promises, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isGzip } from '../capture/detect-format.js';
import { peek } from '../capture/source.js';
import { HookError } from '../errors.js';
import type { ByteSource, CaptureInput, RandomAccess } from '../ports.js';
import { diskFiles, unreadable } from './files.js';

const GZIP_MAGIC_BYTES = 2;
const GLOB = /[*?[{]/;

/**
 * The files that a file, a folder or a pattern stands for, in order of their names.
 * @throws HookError `unreadable-file` for a path or pattern that stands for nothing
 */
export async function expandInput(path: string): Promise<readonly string[]> {
  try {
    return await filesOf(path);
  } catch (error) {
    throw error instanceof HookError ? error : unreadable(path, error);
  }
}

async function filesOf(path: string): Promise<readonly string[]> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) return filesUnder(path);
  if (stat !== undefined || !GLOB.test(path)) return [path];
  const { glob } = await import('tinyglobby');
  const found = await glob(path, { dot: true, expandDirectories: false, onlyFiles: true });
  if (found.length > 0) return found.sort();
  throw new HookError('unreadable-file', `${path} matches no file.`, 'Check the pattern.');
}

async function filesUnder(folder: string): Promise<readonly string[]> {
  const entries = await promises.readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  if (files.length > 0) return files.sort();
  throw new HookError('unreadable-file', `${folder} holds no files.`, 'Name another folder.');
}

/**
 * Opens a capture file: a plain one to be read anywhere, one that is compressed or no plain file
 * as a stream of its unpacked bytes.
 * @throws HookError `unreadable-file`
 */
export async function openInput(path: string): Promise<CaptureInput> {
  const opened = openPlain(path);
  if (opened === undefined) return { kind: 'stream', source: diskFiles.stream(path) };
  if (!isGzip(opened.access.read(0, GZIP_MAGIC_BYTES))) return { kind: 'plain', ...opened };
  opened.close();
  const { gunzip } = await import('./gunzip.js');
  return { kind: 'stream', source: gunzip(diskFiles.stream(path), path) };
}

/** Bytes as they are, or unpacked where they are gzip; the name is for what is wrong with them. */
export async function unpack(source: ByteSource, name: string): Promise<ByteSource> {
  const { head, source: whole } = await peek(source, GZIP_MAGIC_BYTES);
  if (!isGzip(head)) return whole;
  const { gunzip } = await import('./gunzip.js');
  return gunzip(whole, name);
}

interface OpenedFile {
  readonly access: RandomAccess;
  close(): void;
}

/** Undefined for pipes and devices, which can only be read once through. */
function openPlain(path: string): OpenedFile | undefined {
  try {
    if (!statSync(path).isFile()) return undefined;
    const descriptor = openSync(path, 'r');
    const { size } = fstatSync(descriptor);
    return { access: randomAccess(descriptor, size), close: () => closeSync(descriptor) };
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Reads into one buffer again and again: what was read before is gone with the next read. */
function randomAccess(descriptor: number, sizeBytes: number): RandomAccess {
  let buffer = Buffer.alloc(0);
  return {
    sizeBytes,
    read: (from, to) => {
      const wanted = Math.max(0, Math.min(to, sizeBytes) - from);
      if (buffer.length < wanted) buffer = Buffer.allocUnsafeSlow(wanted);
      let got = 0;
      while (got < wanted) {
        const bytes = readSync(descriptor, buffer, got, wanted - got, from + got);
        if (bytes === 0) break;
        got += bytes;
      }
      return buffer.subarray(0, got);
    },
  };
}
