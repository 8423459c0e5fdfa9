import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
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
  const lockPath = `${path}.lock`;
  const own: Holder = {
    pid: processes.ownPid,
    host: hostname(),
    started: startOf(processes.ownPid),
  };
  const draft = `${lockPath}.${processes.ownPid}`;
  writeFileSync(draft, `${JSON.stringify(own)}\n`);
  try {
    takeLock(draft, lockPath, { path, processes });
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
  if (found !== undefined && isHeld(holder, claim.processes)) throw held(claim.path, holder);
  if (found !== undefined) moveAway(lockPath, found, claim);
  if (!linked(draft, lockPath)) throw held(claim.path, holderOf(textOf(lockPath)));
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
  if (moved !== expected) throw held(path, holderOf(moved));
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

function held(path: string, holder: Holder | undefined): HookError {
  const who = holder === undefined ? '' : ` (process ${holder.pid} on ${holder.host})`;
  return new HookError(
    'unwritable-file',
    `Another listener writes to ${path}${who}.`,
    `Give this one a file of its own with --out; if there is no other, delete ${path}.lock.`,
  );
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Gone already: nothing is locked.
  }
}
