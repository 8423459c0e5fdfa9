import { promises, type Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Where the system does not let a file be made beside it, or put in its place. */
const NOT_BESIDE = new Set(['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV']);
/** What is there may be another name of a file that somebody holds open, as /dev/stdout is. */
const HELD_OPEN = /^\/(dev|proc)\//;

/**
 * Writes a file so that its name stands for the whole of the old one or the whole of the new one: a full
 * disk and the end of the program leave the old one.
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const old = await promises.stat(path).catch(() => undefined);
  if (HELD_OPEN.test(path) || (old !== undefined && !old.isFile())) {
    return promises.writeFile(path, bytes);
  }
  try {
    await replace(await whereItIs(path), bytes, old);
  } catch (error) {
    if (!isNotBeside(error)) throw error;
    await promises.writeFile(path, bytes);
  }
}

/** A link stays, also one that leads to nothing yet. */
async function whereItIs(path: string): Promise<string> {
  try {
    return await promises.realpath(path);
  } catch {
    const target = await promises.readlink(path).catch(() => undefined);
    return target === undefined ? path : resolve(dirname(path), target);
  }
}

async function replace(path: string, bytes: Uint8Array, old: Stats | undefined): Promise<void> {
  const draft = join(dirname(path), `.inqud-hook-${Math.random().toString(36).slice(2)}.tmp`);
  try {
    await promises.writeFile(draft, bytes, { flag: 'wx' });
    if (old !== undefined) await keepOwner(draft, old);
    await promises.rename(draft, path);
  } catch (error) {
    await promises.rm(draft, { force: true });
    throw error;
  }
}

/** A file of another user stays theirs where the system lets us give it to them. */
async function keepOwner(draft: string, { mode, uid, gid }: Stats): Promise<void> {
  const made = await promises.stat(draft);
  if (made.uid !== uid || made.gid !== gid) {
    await promises.chown(draft, uid, gid).catch(() => undefined);
  }
  await promises.chmod(draft, mode & 0o7777);
}

function isNotBeside(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NOT_BESIDE.has(String(error.code));
}
