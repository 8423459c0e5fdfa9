import type { Writable } from 'node:stream';

/** A stream to write text to, with word of what went wrong with it. */
export interface StreamSink {
  write(text: string | Uint8Array): Promise<void> | undefined;
  readonly isTerminal: boolean;
  /** The first error of the stream; afterwards writes go nowhere. */
  readonly error: NodeJS.ErrnoException | undefined;
}

/** Writes wait while the stream is full, so that a slow reader slows the program, not its memory. */
export function streamSink(
  stream: Writable & { readonly isTTY?: boolean },
  onError: (error: NodeJS.ErrnoException) => void,
): StreamSink {
  let failure: NodeJS.ErrnoException | undefined;
  let release: (() => void) | undefined;
  const proceed = () => {
    release?.();
    release = undefined;
  };
  stream.on('drain', proceed);
  stream.on('error', (error: NodeJS.ErrnoException) => {
    failure ??= error;
    proceed();
    onError(error);
  });
  return {
    write: (text) => {
      if (failure !== undefined || stream.write(text)) return undefined;
      return new Promise((resolve) => {
        release = resolve;
      });
    },
    isTerminal: stream.isTTY === true,
    get error() {
      return failure;
    },
  };
}
