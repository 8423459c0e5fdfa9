import { inPlaceOf } from '../capture/source.js';
import type { ByteSource, Files } from '../ports.js';

/**
 * Waits for work that cannot be interrupted, such as opening a pipe that nobody writes to, until the
 * signal aborts; the work goes on by itself. @throws the signal's reason, an AbortError
 */
export function interruptible<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

/** The same bytes, until the signal aborts. */
export function interruptibleSource(source: ByteSource, signal: AbortSignal): ByteSource {
  return inPlaceOf(source, untilAborted(source, signal));
}

/** Files whose bytes nobody waits for any more once the signal has aborted. */
export function interruptibleFiles(files: Files, signal: AbortSignal): Files {
  return {
    ...files,
    read: (path) => interruptible(files.read(path), signal),
    stream: (path) => interruptibleSource(files.stream(path), signal),
  };
}

async function* untilAborted(
  source: ByteSource,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const chunks = source[Symbol.asyncIterator]();
  const next = () => interruptible(chunks.next(), signal);
  try {
    for (let step = await next(); step.done !== true; step = await next()) yield step.value;
  } finally {
    // Not awaited: what hangs would hang here too.
    chunks.return?.().catch(() => undefined);
  }
}
