import { closeSync, fdatasync, fstatSync, ftruncateSync, read as readAt, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { LineGroup, type Settle } from './line-group.js';
import { bytesAt } from './repair.js';

/** What somebody else did to the file since the last write. */
export type Surprise =
  /** There is another file at the path now; the old one is still open. */
  { readonly kind: 'replaced'; readonly oldFd: number } | { readonly kind: 'shortened' | 'grown' };

/** A file that is opened for appending. */
export interface LogFile {
  readonly fd: number;
  readonly sizeBytes: number;
  /** A pipe or a device has no size and no name that could go. */
  readonly isPlain: boolean;
  /** Looks what became of the file that had so many bytes; opens a new one where it is gone. */
  look(expectedBytes: number): Surprise | undefined;
  /** False once the open file has no name any more, so that nobody can read it. */
  isReachable(): boolean;
  close(): void;
}

export interface AppendLogOptions {
  readonly file: LogFile;
  /** `synced` lines survive a power cut, `written` ones the end of the process. */
  readonly settles: 'written' | 'synced';
}

interface Gathering {
  /** Enough to go on with. */
  readonly lines: number;
  readonly timer: NodeJS.Timeout;
}

/** A stretch of the log: a file, or what follows where somebody else changed one. */
interface Segment {
  readonly fd: number;
  /** Where it begins in the log. */
  readonly start: number;
  /** Where that is in the file. */
  readonly fileStart: number;
  /** The lines of it are gone: the file was shortened. */
  readonly isGone?: true;
}

const read = promisify(readAt);
/** A file that goes away each time it is written is given up. */
const MOST_TRIES = 3;
/** Files that were moved away stay open for this many more, for whoever still reads them. */
const MOST_OLD = 8;

/** After a sync, the senders it answered get this share of its time to send again. */
const GATHERING_SHARE = 0.25;
const LONGEST_GATHERING_MS = 2;
/** Where syncs are this fast, there is nothing to gain. */
const LEAST_GATHERING_MS = 0.5;

/**
 * Lines that are added one after the other, in a file and, where that is moved away, in the next one at
 * its path; places count through all of them. Lines that come in one turn of the event loop, or while the disk is
 * busy with others, are written and synced as a group; a group is in the file as a whole or not at
 * all. Writing blocks the thread: into the page cache that is far cheaper than a trip through the
 * thread pool. Only the sync, which waits for the disk, goes there.
 *
 * The next sync waits a moment for those that were just answered. Otherwise it would leave with the
 * first of them, and senders would split into two groups, each waiting for the other's sync.
 */
export class AppendLog {
  readonly #file: LogFile;
  readonly #settles: AppendLogOptions['settles'];
  readonly #segments: Segment[] = [];
  #current: Segment;
  #keepsOld = false;
  #sizeBytes: number;
  #coming = new LineGroup();
  #going = new LineGroup();
  #state: 'idle' | 'scheduled' | 'syncing' | 'gathering' = 'idle';
  #gathering: Gathering | undefined;
  /** Bytes of a group that was given up may lie behind the end. */
  #isTorn = false;
  #whenIdle: (() => void)[] = [];

  constructor({ file, settles }: AppendLogOptions) {
    this.#file = file;
    this.#settles = settles;
    this.#sizeBytes = file.isPlain ? file.sizeBytes : 0;
    this.#current = { fd: file.fd, start: 0, fileStart: 0 };
  }

  /** The file that is written now: where it begins in the log, and which byte of it that is. */
  get current(): Pick<Segment, 'start' | 'fileStart'> {
    return this.#current;
  }

  /** Everything before this is whole lines that are settled. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Adds a line, its newline included; it is copied. Lines are settled later, in their order. */
  append(line: Uint8Array, settle: Settle): void {
    this.#coming.add(line, settle);
    if (this.#state === 'idle' || this.#hasGathered()) this.#schedule();
  }

  /** Resolves when every line so far is settled. */
  flushed(): Promise<void> {
    if (this.#state === 'gathering') this.#schedule();
    if (this.#state === 'idle') return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  /**
   * The bytes at a place, fewer where the file that held them ends. None of a file that somebody else
   * cut them from.
   */
  async read(start: number, length: number): Promise<Buffer> {
    const segment = this.#segmentAt(start);
    if (segment.isGone) return Buffer.alloc(0);
    const end = Math.min(start + length, this.#endOf(segment));
    const bytes = Buffer.alloc(Math.max(0, end - start));
    let done = 0;
    while (done < bytes.length) {
      const at = segment.fileStart + start - segment.start + done;
      const { bytesRead } = await read(segment.fd, bytes, done, bytes.length - done, at);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return bytes.subarray(0, done);
  }

  /** From now on files that were moved away can still be read, the last few of them. */
  keepOldFiles(): void {
    this.#keepsOld = true;
  }

  /** The first bytes of the file that is written now. */
  firstBytes(length: number): Buffer {
    return bytesAt(this.#file.fd, 0, Math.min(length, this.#fileBytes()));
  }

  /** Where the lines that can still be read go on, from a place. */
  readableFrom(place: number): number {
    const segment = this.#segmentAt(place);
    return segment.isGone ? this.#endOf(segment) : place;
  }

  /** Writes what is pending, and closes every file. */
  async close(): Promise<void> {
    await this.flushed();
    const old = new Set(this.#segments.flatMap(({ fd, isGone }) => (isGone ? [] : [fd])));
    old.delete(this.#file.fd);
    for (const fd of old) closeSync(fd);
    this.#file.close();
  }

  #segmentAt(place: number): Segment {
    return this.#segments.find((one) => place < this.#endOf(one)) ?? this.#current;
  }

  #endOf(segment: Segment): number {
    const next = this.#segments[this.#segments.indexOf(segment) + 1] ?? this.#current;
    return segment === this.#current ? this.#sizeBytes : next.start;
  }

  #schedule(): void {
    clearTimeout(this.#gathering?.timer);
    this.#gathering = undefined;
    this.#state = 'scheduled';
    setImmediate(() => this.#writeGroup());
  }

  #writeGroup(): void {
    if (this.#coming.lines === 0) {
      this.#rest();
      return;
    }
    [this.#coming, this.#going] = [this.#going, this.#coming];
    const error = this.#write(this.#going.bytes);
    if (error !== undefined || this.#settles === 'written') {
      this.#finish(error);
      if (this.#coming.lines > 0) this.#schedule();
      else this.#rest();
      return;
    }
    this.#sync();
  }

  #sync(): void {
    this.#state = 'syncing';
    const startMs = performance.now();
    fdatasync(this.#file.fd, (error) => {
      if (error === null && !this.#isKept()) {
        const again = this.#write(this.#going.bytes);
        if (again === undefined) return this.#sync();
        this.#finish(again);
        return this.#schedule();
      }
      const answered = this.#going.lines;
      this.#finish(error ?? undefined);
      this.#gather(answered, (performance.now() - startMs) * GATHERING_SHARE);
    });
  }

  /** Waits until as many lines are there as came lately, but not for long. */
  #gather(answered: number, waitMs: number): void {
    const lines = answered + this.#coming.lines;
    if (waitMs < LEAST_GATHERING_MS || lines === 1 || this.#whenIdle.length > 0) {
      this.#schedule();
      return;
    }
    this.#state = 'gathering';
    const timer = setTimeout(() => this.#schedule(), Math.min(waitMs, LONGEST_GATHERING_MS));
    this.#gathering = { lines, timer };
  }

  #hasGathered(): boolean {
    return this.#gathering !== undefined && this.#coming.lines >= this.#gathering.lines;
  }

  #rest(): void {
    this.#state = 'idle';
    for (const wake of this.#whenIdle.splice(0)) wake();
  }

  #write(bytes: Buffer): Error | undefined {
    try {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        if (this.#isTorn) this.#cutTorn();
        if (this.#file.isPlain) this.#look();
        this.#isTorn = this.#file.isPlain;
        for (let written = 0; written < bytes.length; ) {
          written += writeSync(this.#file.fd, bytes, written, bytes.length - written, null);
        }
        this.#isTorn = false;
        if (this.#isKept()) return undefined;
      }
      return new Error('the file is removed as soon as it is written');
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** Whether somebody can still read what was written. */
  #isKept(): boolean {
    return !this.#file.isPlain || this.#file.isReachable();
  }

  /** Goes on where the file is now, and after what is in it now. */
  #look(): void {
    const surprise = this.#file.look(this.#fileBytes());
    if (surprise === undefined) return;
    const { fd, sizeBytes } = this.#file;
    const old = this.#current;
    if (surprise.kind === 'shortened') {
      this.#forget(fd);
      this.#segments.push(gone(old));
    } else this.#segments.push(old);
    this.#current = { fd, start: this.#sizeBytes, fileStart: sizeBytes };
    if (surprise.kind === 'replaced') {
      this.#current = { fd, start: this.#sizeBytes, fileStart: 0 };
      this.#sizeBytes += sizeBytes;
    }
    this.#closeOld();
  }

  /** A number of a file that is closed may be that of the next one: what is gone has none. */
  #closeOld(): void {
    const open = this.#segments.filter(({ isGone }) => isGone === undefined);
    const old = [...new Set(open.map(({ fd }) => fd))].filter((fd) => fd !== this.#file.fd);
    const most = this.#keepsOld ? MOST_OLD : 0;
    for (const fd of old.slice(0, Math.max(0, old.length - most))) {
      closeSync(fd);
      this.#forget(fd);
    }
    if (!this.#keepsOld) this.#segments.splice(0);
  }

  /** What was in this file can no longer be read. */
  #forget(fd: number): void {
    for (const [at, one] of this.#segments.entries()) {
      if (one.fd === fd) this.#segments[at] = gone(one);
    }
  }

  /** So long the file has to be, if nobody else wrote to it. */
  #fileBytes(): number {
    return this.#current.fileStart + this.#sizeBytes - this.#current.start;
  }

  #finish(error: Error | undefined): void {
    if (error === undefined) this.#sizeBytes += this.#going.bytes.length;
    else this.#giveUp();
    this.#going.settle(error);
  }

  /** What a full disk took of a group must not stay, or a later line would be glued to it. */
  #giveUp(): void {
    this.#isTorn = this.#file.isPlain;
    try {
      if (this.#isTorn) this.#cutTorn();
    } catch {
      // Tried again before the next line is written.
    }
  }

  #cutTorn(): void {
    const wholeBytes = this.#fileBytes();
    if (fstatSync(this.#file.fd).size > wholeBytes) ftruncateSync(this.#file.fd, wholeBytes);
    this.#isTorn = false;
  }
}

function gone(segment: Segment): Segment {
  return { ...segment, fd: -1, isGone: true };
}
