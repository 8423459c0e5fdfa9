import { constants, fstatSync, openSync, statSync, writeSync } from 'node:fs';
import type { StreamSink } from './sink.js';

/**
 * Writes to a descriptor at once, without a stream: making Node's own takes milliseconds. What a pipe
 * has no room for, and everything after it, goes the slow way.
 */
export function directSink(
  descriptor: number,
  openSlow: () => StreamSink,
  onError: (error: NodeJS.ErrnoException) => void,
): StreamSink {
  let failure: NodeJS.ErrnoException | undefined;
  let slow: StreamSink | undefined;
  return {
    write: (text) => {
      if (slow !== undefined) return slow.write(text);
      if (failure !== undefined) return undefined;
      const bytes = typeof text === 'string' ? Buffer.from(text) : text;
      const { written, error } = writeWhole(descriptor, bytes);
      if (error === undefined) return undefined;
      if (error.code === 'EAGAIN') {
        slow = openSlow();
        return slow.write(bytes.subarray(written));
      }
      failure = error;
      onError(error);
      return undefined;
    },
    written: () => slow?.written() ?? Promise.resolve(),
    isTerminal: false,
    columns: undefined,
    get error() {
      return slow?.error ?? failure;
    },
  };
}

/**
 * A descriptor of the same output that never makes the program wait: a file, the device that takes
 * everything, and on Linux a pipe, opened anew so that the flag is not set for those who share it.
 * Undefined for all else.
 */
export function directDescriptor(descriptor: number): number | undefined {
  try {
    const stats = fstatSync(descriptor);
    if (stats.isFile() || isNull(stats)) return descriptor;
    if (!stats.isFIFO()) return undefined;
    const { O_WRONLY, O_NONBLOCK } = constants;
    return openSync(`/proc/self/fd/${descriptor}`, O_WRONLY | O_NONBLOCK);
  } catch {
    return undefined;
  }
}

function isNull(stats: ReturnType<typeof fstatSync>): boolean {
  return stats.isCharacterDevice() && stats.rdev === statSync('/dev/null').rdev;
}

interface Written {
  /** Bytes that went out. */
  readonly written: number;
  readonly error?: NodeJS.ErrnoException;
}

/** A disk that gets full may take a part of a write, and say why only the next time. */
function writeWhole(descriptor: number, bytes: Uint8Array): Written {
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    return { written };
  } catch (error) {
    return { written, error: error instanceof Error ? error : new Error(String(error)) };
  }
}
