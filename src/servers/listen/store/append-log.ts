import { fdatasync } from 'node:fs';
import { Gathering } from './gathering.js';
import { GroupWriter, type LogFile } from './group-writer.js';
import { LineGroup, type OnSettled } from './line-group.js';
import { bytesAt } from './repair.js';
import { Segments } from './segments.js';

export interface AppendLogOptions {
  readonly file: LogFile;
  /** `synced` lines survive a power cut, `written` ones the end of the process. */
  readonly settles: 'written' | 'synced';
}

/**
 * Lines that are added one after the other, in a file and, where that is moved away, in the next one at
 * its path; places count through all of them. Lines that come in one turn of the event loop, or while
 * the disk is busy with others, are written and synced as a group. Only the sync, which waits for the
 * disk, goes to the thread pool; the next one waits a moment for those that were just answered.
 */
export class AppendLog {
  readonly #file: LogFile;
  readonly #settles: AppendLogOptions['settles'];
  readonly #segments: Segments;
  readonly #writer: GroupWriter;
  #coming = new LineGroup();
  #going = new LineGroup();
  #state: 'idle' | 'scheduled' | 'syncing' | 'gathering' = 'idle';
  #gathering: Gathering | undefined;
  #whenIdle: (() => void)[] = [];

  constructor({ file, settles }: AppendLogOptions) {
    this.#file = file;
    this.#settles = settles;
    this.#segments = new Segments(file.fd, file.isPlain ? file.sizeBytes : 0);
    this.#writer = new GroupWriter(file, this.#segments);
  }

  /** The file that is written now: where it begins in the log, and which byte of it that is. */
  get current(): Segments['current'] {
    return this.#segments.current;
  }

  /** Everything before this is whole lines that are settled. */
  get sizeBytes(): number {
    return this.#segments.sizeBytes;
  }

  /** Adds a line, its newline included; it is copied. Lines are settled later, in their order. */
  append(line: Uint8Array, onSettled: OnSettled): void {
    this.#coming.add(line, onSettled);
    const hasGathered = this.#gathering?.isOverWith(this.#coming.lines);
    if (this.#state === 'idle' || hasGathered) this.#schedule();
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
  read(start: number, length: number): Promise<Buffer> {
    return this.#segments.read(start, length);
  }

  /** From now on files that were moved away can still be read, the last few of them. */
  keepOldFiles(): void {
    this.#segments.keepOld();
  }

  /** The first bytes of the file that is written now. */
  firstBytes(length: number): Buffer {
    return bytesAt(this.#file.fd, 0, Math.min(length, this.#segments.fileBytes));
  }

  /** Where the lines that can still be read go on, from a place. */
  readableFrom(place: number): number {
    return this.#segments.readableFrom(place);
  }

  /** Writes what is pending, and closes every file. */
  async close(): Promise<void> {
    await this.flushed();
    this.#segments.close();
    this.#file.close();
  }

  #schedule(): void {
    this.#gathering?.end();
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
    const error = this.#writer.write(this.#going.bytes);
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
      if (error === null && !this.#writer.isKept) {
        this.#writeAgain();
        return;
      }
      const settled = this.#going.lines;
      this.#finish(error ?? undefined);
      this.#gather(settled, performance.now() - startMs);
    });
  }

  /** The file was removed while it was synced. */
  #writeAgain(): void {
    const error = this.#writer.write(this.#going.bytes);
    if (error === undefined) {
      this.#sync();
      return;
    }
    this.#finish(error);
    this.#schedule();
  }

  #gather(settled: number, ms: number): void {
    const sync = { ms, settled, coming: this.#coming.lines };
    const isAwaited = this.#whenIdle.length > 0;
    this.#gathering = isAwaited ? undefined : Gathering.after(sync, () => this.#schedule());
    if (this.#gathering === undefined) this.#schedule();
    else this.#state = 'gathering';
  }

  #rest(): void {
    this.#state = 'idle';
    for (const wake of this.#whenIdle.splice(0)) wake();
  }

  #finish(error: Error | undefined): void {
    if (error === undefined) this.#segments.grow(this.#going.bytes.length);
    else this.#writer.giveUp();
    this.#going.settle(error);
  }
}
