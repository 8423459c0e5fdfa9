import type { IncomingMessage } from 'node:http';

/** Exactly one of `onWhole`, `onTooLarge` and `onBroken` is called, once. */
export interface BodyEvents {
  /** Called for each piece that is kept, with the bytes of all of them. */
  onMore?(bytes: number, bodyBytes: number): void;
  onWhole(body: Buffer): void;
  /** The rest comes and is thrown away: leaving it would end the connection before its answer. */
  onTooLarge(): void;
  /** The connection ended, or its time did, before the body was whole. */
  onBroken(error: Error): void;
}

/** Reads a body of at most so many bytes. */
export function readBoundedBody(
  request: IncomingMessage,
  maxBytes: number,
  events: BodyEvents,
): void {
  let chunks: Buffer[] | undefined = [];
  let bodyBytes = 0;
  request.on('data', (chunk: Buffer) => {
    if (chunks === undefined) return;
    bodyBytes += chunk.length;
    if (bodyBytes > maxBytes) {
      chunks = undefined;
      events.onTooLarge();
      return;
    }
    chunks.push(chunk);
    events.onMore?.(chunk.length, bodyBytes);
  });
  request.on('end', () => {
    if (chunks === undefined) return;
    const body = joined(chunks);
    chunks = undefined;
    events.onWhole(body);
  });
  request.on('error', (error) => {
    if (chunks === undefined) return;
    chunks = undefined;
    events.onBroken(error);
  });
}

/** The same as a promise; undefined when the body is too large. Rejects when it never comes whole. */
export function wholeBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    readBoundedBody(request, maxBytes, {
      onWhole: resolve,
      onTooLarge: () => resolve(undefined),
      onBroken: reject,
    });
  });
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}
