import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { HookError } from '../../../errors.js';

/** The processes of this machine, as far as locks need to know them. */
export interface Processes {
  readonly ownPid: number;
  isRunning(pid: number): boolean;
}

export interface Lock {
  release(): void;
}

/** Who holds a lock. `started` tells a process from a later one with the same number. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly started: string | undefined;
}

/**
 * Takes a file for this process alone by a second file beside it. A lock whose process has ended,
 * however it did, is taken over.
 * @throws HookError `unwritable-file` when another process holds it or it cannot be written
 */
export function lockFile(path: string, processes: Processes): Lock {
  return lockBy(`${path}.lock`, { path, processes });
}

/**
 * Takes a file, whatever it is called and in however many folders: the lock lies where all processes
 * of this machine look, and is named after device and inode. `undefined` where nothing can lie there.
 * @throws HookError `unwritable-file` when another process holds it
 */
export function lockInode(
  { dev, ino }: { readonly dev: bigint; readonly ino: bigint },
  claim: Claim,
): Lock | undefined {
  try {
    return lockBy(join(tmpdir(), `inqud-hook-${dev}-${ino}.lock`), claim);
  } catch (error) {
    if (error instanceof HookError) throw error;
    return undefined;
  }
}

function lockBy(lockPath: string, claim: Claim): Lock {
  const { ownPid } = claim.processes;
  const own: Holder = { pid: ownPid, host: hostname(), started: startOf(ownPid) };
  // Of a name that nobody foresees, so that nobody can have laid a link there.
  const draft = `${lockPath}.${ownPid}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${JSON.stringify(own)}\n`, { flag: 'wx', mode: 0o600 });
  try {
    takeLock(draft, lockPath, claim);
  } finally {
    unlinkSync(draft);
  }
  return { release: () => removeQuietly(lockPath) };
}

interface Claim {
  readonly path: string;
  readonly processes: Processes;
}

/** A link is made whole or not at all, and fails where the name is taken. */
function takeLock(draft: string, lockPath: string, claim: Claim): void {
  if (linked(draft, lockPath)) return;
  const found = textOf(lockPath);
  const holder = holderOf(found);
  if (found !== undefined && isHeld(holder, claim.processes))
    throw held(claim.path, lockPath, holder);
  if (found !== undefined) moveAway(lockPath, found, claim);
  if (!linked(draft, lockPath)) throw held(claim.path, lockPath, holderOf(textOf(lockPath)));
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Of two that find the same dead lock, one may move the other's new one: it is put back. */
function moveAway(lockPath: string, expected: string, { path, processes }: Claim): void {
  const aside = `${lockPath}.${processes.ownPid}.old`;
  renameSync(lockPath, aside);
  const moved = textOf(aside);
  if (moved !== expected) linked(aside, lockPath);
  unlinkSync(aside);
  if (moved !== expected) throw held(path, lockPath, holderOf(moved));
}

/** A process on another machine cannot be asked, so it is believed. */
function isHeld(holder: Holder | undefined, processes: Processes): boolean {
  if (holder === undefined) return false;
  if (holder.host !== hostname()) return true;
  return processes.isRunning(holder.pid) && holder.started === startOf(holder.pid);
}

/** The boot and the moment in it when a process began (proc(5), field 22), where Linux tells. */
function startOf(pid: number): string | undefined {
  const stat = textOf(`/proc/${pid}/stat`);
  const boot = textOf('/proc/sys/kernel/random/boot_id');
  const started = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return started === undefined ? undefined : `${boot?.trim()} ${started}`;
}

function holderOf(text: string | undefined): Holder | undefined {
  const [, pid, host, started] =
    /^\{"pid":(\d+),"host":"([^"]*)"(?:,"started":"([^"]*)")?\}\n$/.exec(text ?? '') ?? [];
  return pid === undefined || host === undefined ? undefined : { pid: Number(pid), host, started };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function held(path: string, lockPath: string, holder: Holder | undefined): HookError {
  const who = holder === undefined ? '' : ` (process ${holder.pid} on ${holder.host})`;
  return new HookError(
    'unwritable-file',
    `Another listener writes to ${path}${who}.`,
    `Give this one a file of its own with --out; if there is no other, delete ${lockPath}.`,
  );
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Gone already: nothing is locked.
  }
}
