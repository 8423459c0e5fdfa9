import { HookError } from '../errors.js';
import type { Files } from '../ports.js';
import type { World } from './world.js';

type Reading = Pick<World, 'files' | 'expandInput' | 'openInput' | 'stdin'>;

/** What standard input is where a file was redirected to it. */
export const STDIN_PATH = '/dev/stdin';

/**
 * The files of a command, kept apart: what it reads is never written over, whatever name it goes by, and
 * no two of its reports go into one file.
 */
export function filesApart({ files, expandInput, openInput, stdin }: Reading): Reading {
  const apart = new Apart((path) => files.identify(path));
  return {
    files: {
      ...files,
      read: async (path) => {
        apart.noteReading(path);
        return files.read(path);
      },
      stream: (path) => {
        apart.noteReading(path);
        return files.stream(path);
      },
      tryWriting: async (path) => {
        apart.claim(path);
        await files.tryWriting(path);
      },
      write: async (path, bytes) => {
        apart.refuseWriting(path);
        await files.write(path, bytes);
      },
    },
    openInput: async (path) => {
      apart.noteReading(path);
      return openInput(path);
    },
    expandInput: async (path) => {
      const paths = await expandInput(path);
      for (const each of paths) apart.noteReading(each);
      return paths;
    },
    stdin: {
      get isTerminal() {
        return stdin.isTerminal;
      },
      read: async () => {
        apart.noteReading(STDIN_PATH);
        return stdin.read();
      },
      stream: () => {
        apart.noteReading(STDIN_PATH);
        return stdin.stream();
      },
      line: () => stdin.line(),
    },
  };
}

/** What a command reads and is to write, each file under the identity that all its names share. */
class Apart {
  readonly #identify: Files['identify'];
  readonly #read = new Set<string>();
  /** Under the name that each was given. */
  readonly #claimed = new Map<string, string>();

  constructor(identify: Files['identify']) {
    this.#identify = identify;
  }

  /** What is there is read now. What is claimed is not, and is not written either. */
  noteReading(path: string): void {
    const { file, isThere } = this.#identify(path) ?? {};
    if (file === undefined || isThere !== true) return;
    const name = this.#claimed.get(file);
    this.#read.add(file);
    if (name !== undefined) throw overwritten(name);
  }

  refuseWriting(path: string): void {
    if (path === '-') throw noFile();
    if (this.#read.has(this.#identify(path)?.file ?? '')) throw overwritten(path);
  }

  claim(path: string): void {
    this.refuseWriting(path);
    const { file } = this.#identify(path) ?? {};
    if (file === undefined) return;
    const before = this.#claimed.get(file);
    if (before !== undefined) throw writtenTwice(before);
    this.#claimed.set(file, path);
  }
}

function overwritten(path: string): HookError {
  return new HookError(
    'bad-flag',
    `${path} is read by this command, which does not write over it.`,
    'Name another file to write.',
  );
}

function writtenTwice(path: string): HookError {
  return new HookError(
    'bad-flag',
    `${path} is to be written twice, and would hold one of the two.`,
    'Name a file for each.',
  );
}

function noFile(): HookError {
  return new HookError(
    'bad-flag',
    '`-` is no file to write: standard output has a report already.',
    'Name a file; one that is called so is ./-.',
  );
}
