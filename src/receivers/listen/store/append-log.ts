import { fdatasync, ftruncateSync, writeSync } from 'node:fs';
import { LineGroup, type Settle } from './line-group.js';

export interface AppendLogOptions {
  readonly fd: number;
  /** Where the next line goes; undefined for what has no positions, such as a pipe. */
  readonly sizeBytes: number | undefined;
  /** `synced` lines survive a power cut, `written` ones the end of the process. */
  readonly settles: 'written' | 'synced';
}

/**
 * A file of lines that only grows. Lines that come in one turn of the event loop, or while the disk is
 * busy with others, are written and synced as a group; a group is in the file as a whole or not at
 * all. Writing blocks the thread: into the page cache that is far cheaper than a trip through the
 * thread pool. Only the sync, which waits for the disk, goes there.
 */
export class AppendLog {
  readonly fd: number;
  readonly #settles: AppendLogOptions['settles'];
  readonly #hasPositions: boolean;
  #sizeBytes: number;
  #coming = new LineGroup();
  #going = new LineGroup();
  #state: 'idle' | 'scheduled' | 'syncing' = 'idle';
  /** Bytes of a group that was given up may lie behind the end. */
  #isTorn = false;
  #whenIdle: (() => void)[] = [];

  constructor({ fd, sizeBytes, settles }: AppendLogOptions) {
    this.fd = fd;
    this.#settles = settles;
    this.#hasPositions = sizeBytes !== undefined;
    this.#sizeBytes = sizeBytes ?? 0;
  }

  /** Everything before this is whole lines that are settled. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Adds a line, its newline included; it is copied. Lines are settled later, in their order. */
  append(line: Uint8Array, settle: Settle): void {
    this.#coming.add(line, settle);
    if (this.#state === 'idle') this.#schedule();
  }

  /** Resolves when every line so far is settled. */
  flushed(): Promise<void> {
    if (this.#state === 'idle') return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  #schedule(): void {
    this.#state = 'scheduled';
    setImmediate(() => this.#writeGroup());
  }

  #writeGroup(): void {
    [this.#coming, this.#going] = [this.#going, this.#coming];
    const error = this.#write(this.#going.bytes);
    if (error !== undefined || this.#settles === 'written') {
      this.#finish(error);
      return;
    }
    this.#state = 'syncing';
    fdatasync(this.fd, (failure) => this.#finish(failure ?? undefined));
  }

  #write(bytes: Buffer): Error | undefined {
    try {
      if (this.#isTorn) this.#cutTorn();
      for (let written = 0; written < bytes.length; ) {
        const position = this.#hasPositions ? this.#sizeBytes + written : null;
        written += writeSync(this.fd, bytes, written, bytes.length - written, position);
      }
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  #finish(error: Error | undefined): void {
    if (error === undefined) this.#sizeBytes += this.#going.bytes.length;
    else this.#giveUp();
    this.#going.settle(error);
    if (!this.#coming.isEmpty) {
      this.#schedule();
      return;
    }
    this.#state = 'idle';
    for (const wake of this.#whenIdle.splice(0)) wake();
  }

  /** What a full disk took of a group must not stay, or a later line would be glued to it. */
  #giveUp(): void {
    this.#isTorn = this.#hasPositions;
    try {
      if (this.#isTorn) this.#cutTorn();
    } catch {
      // Tried again before the next line is written.
    }
  }

  #cutTorn(): void {
    ftruncateSync(this.fd, this.#sizeBytes);
    this.#isTorn = false;
  }
}
