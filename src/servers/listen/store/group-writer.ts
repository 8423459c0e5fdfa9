import { fstatSync, ftruncateSync, writeSync } from 'node:fs';
import type { FileChange, Segments } from './segments.js';

/** A file that is opened for appending. */
export interface LogFile {
  readonly fd: number;
  readonly sizeBytes: number;
  /** A pipe or a device has no size and no name that could go. */
  readonly isPlain: boolean;
  /** Looks what became of the file that had so many bytes; opens a new one where it is gone. */
  look(expectedBytes: number): FileChange['kind'] | undefined;
  /** False once the open file has no name any more, so that nobody can read it. */
  isReachable(): boolean;
  close(): void;
}

/** A file that goes away each time it is written is given up. */
const MOST_TRIES = 3;

/**
 * Adds groups of lines to a file: each is in it as a whole or not at all. Writing blocks the thread:
 * into the page cache that is far cheaper than a trip through the thread pool.
 */
export class GroupWriter {
  readonly #file: LogFile;
  readonly #segments: Segments;
  /** Bytes of a group that was given up may lie behind the end. */
  #isTorn = false;

  constructor(file: LogFile, segments: Segments) {
    this.#file = file;
    this.#segments = segments;
  }

  /** Whether somebody can still read what was written. */
  get isKept(): boolean {
    return !this.#file.isPlain || this.#file.isReachable();
  }

  /** The error says why the group is not in the file. It is no part of the log before it is kept. */
  write(group: Buffer): Error | undefined {
    try {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        if (this.#isTorn) this.#cutTorn();
        if (this.#file.isPlain) this.#look();
        this.#isTorn = this.#file.isPlain;
        for (let written = 0; written < group.length; ) {
          written += writeSync(this.#file.fd, group, written, group.length - written, null);
        }
        this.#isTorn = false;
        if (this.isKept) return undefined;
      }
      return new Error('the file is removed as soon as it is written');
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** What a full disk took of a group must not stay, or a later line would be glued to it. */
  giveUp(): void {
    this.#isTorn = this.#file.isPlain;
    try {
      if (this.#isTorn) this.#cutTorn();
    } catch {
      // Tried again before the next line is written.
    }
  }

  #look(): void {
    const kind = this.#file.look(this.#segments.fileBytes);
    if (kind === undefined) return;
    const { fd, sizeBytes } = this.#file;
    this.#segments.change({ kind, fd, sizeBytes });
  }

  #cutTorn(): void {
    const wholeBytes = this.#segments.fileBytes;
    if (fstatSync(this.#file.fd).size > wholeBytes) ftruncateSync(this.#file.fd, wholeBytes);
    this.#isTorn = false;
  }
}
