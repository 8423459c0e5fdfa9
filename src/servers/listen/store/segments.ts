import { closeSync, read as readAt } from 'node:fs';
import { promisify } from 'node:util';

/** A stretch of a log: a file, or what follows where somebody else changed one. */
interface Segment {
  readonly fd: number;
  /** Where it begins in the log. */
  readonly start: number;
  /** Where that is in the file. */
  readonly fileStart: number;
  /** The lines of it are gone: the file was shortened, or is closed. */
  readonly isGone?: true;
}

/** What somebody else did to the file that is written. */
export interface FileChange {
  readonly kind: 'replaced' | 'shortened' | 'grown';
  /** The file that is written from now on, and what it holds. */
  readonly fd: number;
  readonly sizeBytes: number;
}

const read = promisify(readAt);
/** Files that were moved away stay open for this many more, for whoever still reads them. */
const MOST_OLD = 8;

/** Tells which bytes of which file the places of a log are: they count through all of its files. */
export class Segments {
  /** Those before the current one, in order. */
  readonly #old: Segment[] = [];
  #current: Segment;
  #sizeBytes: number;
  #keepsOld = false;

  constructor(fd: number, sizeBytes: number) {
    this.#current = { fd, start: 0, fileStart: 0 };
    this.#sizeBytes = sizeBytes;
  }

  /** What is written now: where it begins in the log, and which byte of its file that is. */
  get current(): Pick<Segment, 'start' | 'fileStart'> {
    return this.#current;
  }

  /** Where the log ends. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** So long the file that is written has to be, if nobody else wrote to it. */
  get fileBytes(): number {
    return this.#current.fileStart + this.#sizeBytes - this.#current.start;
  }

  /** Counts what was written. */
  grow(bytes: number): void {
    this.#sizeBytes += bytes;
  }

  /** From now on files that were moved away can still be read, the last few of them. */
  keepOld(): void {
    this.#keepsOld = true;
  }

  /** Goes on where the file is now, and after what is in it now. */
  change({ kind, fd, sizeBytes }: FileChange): void {
    if (kind === 'shortened') this.#forget(fd);
    this.#old.push(kind === 'shortened' ? gone(this.#current) : this.#current);
    const fileStart = kind === 'replaced' ? 0 : sizeBytes;
    this.#current = { fd, start: this.#sizeBytes, fileStart };
    if (kind === 'replaced') this.#sizeBytes += sizeBytes;
    this.#closeOld(this.#keepsOld ? MOST_OLD : 0);
  }

  /** Where the lines that can still be read go on, from a place. */
  readableFrom(place: number): number {
    const segment = this.#segmentAt(place);
    return segment.isGone ? this.#endOf(segment) : place;
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

  /** Closes every file but the one that is written. */
  close(): void {
    this.#closeOld(0);
  }

  #segmentAt(place: number): Segment {
    return this.#old.find((one) => place < this.#endOf(one)) ?? this.#current;
  }

  #endOf(segment: Segment): number {
    const next = this.#old[this.#old.indexOf(segment) + 1] ?? this.#current;
    return segment === this.#current ? this.#sizeBytes : next.start;
  }

  #closeOld(most: number): void {
    const open = this.#old.filter(({ isGone }) => isGone === undefined);
    const fds = [...new Set(open.map(({ fd }) => fd))].filter((fd) => fd !== this.#current.fd);
    for (const fd of fds.slice(0, Math.max(0, fds.length - most))) {
      closeSync(fd);
      this.#forget(fd);
    }
    if (!this.#keepsOld) this.#old.splice(0);
  }

  /** What was in this file can no longer be read. */
  #forget(fd: number): void {
    for (const [at, one] of this.#old.entries()) {
      if (one.fd === fd) this.#old[at] = gone(one);
    }
  }
}

/** The number of a file that is closed may be that of the next one, so what is gone has none. */
function gone(segment: Segment): Segment {
  return { ...segment, fd: -1, isGone: true };
}
