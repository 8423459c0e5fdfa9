import type { Writable } from 'node:stream';

/** A stream to write text to, with word of what went wrong with it. */
export interface StreamSink {
  write(text: string | Uint8Array): Promise<void> | undefined;
  /** Resolves when what was written so far has gone out, or has failed to. */
  written(): Promise<void>;
  readonly isTerminal: boolean;
  /** How wide the terminal is, in characters. */
  readonly columns: number | undefined;
  /** The first error of the stream; afterwards writes go nowhere. */
  readonly error: NodeJS.ErrnoException | undefined;
}

type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/**
 * Writes wait while the stream is full, so that a slow reader slows the program, not its memory.
 * Opening a standard stream costs milliseconds: it waits until the stream is needed.
 */
export function streamSink(
  open: () => Stream,
  onError: (error: NodeJS.ErrnoException) => void,
): StreamSink {
  let failure: NodeJS.ErrnoException | undefined;
  let last: Promise<void> = Promise.resolve();
  const waiting: (() => void)[] = [];
  const proceed = () => {
    for (const release of waiting.splice(0)) release();
  };
  const listenedTo = (stream: Stream) => {
    stream.on('drain', proceed);
    stream.on('error', (error: NodeJS.ErrnoException) => {
      failure ??= error;
      proceed();
      onError(error);
    });
    return stream;
  };
  let opened: Stream | undefined;
  const stream = () => {
    opened ??= listenedTo(open());
    return opened;
  };
  return {
    write: (text) => {
      if (failure !== undefined) return undefined;
      let takesMore = true;
      last = new Promise((resolve) => {
        takesMore = stream().write(text, (error) => {
          failure ??= error ?? undefined;
          resolve();
        });
      });
      return takesMore ? undefined : new Promise((resolve) => waiting.push(resolve));
    },
    written: () => last,
    get isTerminal() {
      return stream().isTTY === true;
    },
    get columns() {
      return stream().columns;
    },
    get error() {
      return failure;
    },
  };
}
