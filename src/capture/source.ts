import type { ByteSource } from '../ports.js';

export type { ByteSource };

export interface PeekedSource {
  /** The first bytes: as many as were asked for, or all there are. */
  readonly head: Uint8Array;
  /** Everything, the first bytes included. */
  readonly source: ByteSource;
}

/** Looks at the first bytes of a source without losing them. */
export async function peek(source: ByteSource, headBytes: number): Promise<PeekedSource> {
  const chunks = source[Symbol.asyncIterator]();
  const held: Buffer[] = [];
  let heldBytes = 0;
  while (heldBytes < headBytes) {
    const { done, value } = await chunks.next();
    if (done) break;
    held.push(Buffer.from(value));
    heldBytes += value.length;
  }
  const start = Buffer.concat(held);
  const whole = { [Symbol.asyncIterator]: () => continued(start, chunks) };
  return { head: start.subarray(0, headBytes), source: inPlaceOf(source, whole) };
}

/** Bytes that come from a source, as packed as those. */
export function inPlaceOf({ packedBytes }: ByteSource, bytes: ByteSource): ByteSource {
  if (packedBytes === undefined) return bytes;
  return { [Symbol.asyncIterator]: () => bytes[Symbol.asyncIterator](), packedBytes };
}

async function* continued(start: Buffer, chunks: AsyncIterator<Uint8Array>) {
  try {
    if (start.length > 0) yield start;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  } finally {
    await chunks.return?.();
  }
}

export type WholeSource =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'too-large' };

/** A small packed file may unpack to as much as this; a larger one to so many times its own size. */
const UNPACKED_BYTES = 64 * 1024 * 1024;
const TIMES_PACKED = 64;

/**
 * How much of a source may be held at once. What is not packed costs its reader as much as its maker,
 * and `plainBytes` is the bound. A packed file of 1 MB can unpack to 1 GB, and whoever made it paid
 * for 1 MB: it is bound by what has been read of it so far. Web hooks, whose digests and ids do not
 * pack, come to some 10 or 20 times their packed size.
 */
export function mostHeld({ packedBytes }: ByteSource, plainBytes: number): number {
  if (packedBytes === undefined) return plainBytes;
  return Math.min(plainBytes, Math.max(UNPACKED_BYTES, TIMES_PACKED * packedBytes()));
}

/** Reads everything into memory, unless that is more than `maxBytes`, or than packed bytes may become. */
export async function readWhole(source: ByteSource, maxBytes: number): Promise<WholeSource> {
  const read = new BoundedBytes(maxBytes);
  for await (const chunk of source) {
    if (read.add(chunk) === 'over' || read.seenBytes > mostHeld(source, maxBytes)) {
      return { kind: 'too-large' };
    }
  }
  return { kind: 'whole', bytes: read.bytes() };
}

/** Bytes as they come in, of which no more are kept than a bound says, whoever sends them. */
export class BoundedBytes {
  readonly #maxBytes: number;
  readonly #chunks: Buffer[] = [];
  #seenBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Says whether all that has come so far was kept. */
  add(chunk: Uint8Array): 'within' | 'over' {
    const room = this.#maxBytes - this.#seenBytes;
    this.#seenBytes += chunk.length;
    if (room > 0 && chunk.length > 0) this.#chunks.push(Buffer.from(chunk.subarray(0, room)));
    return chunk.length <= room ? 'within' : 'over';
  }

  get seenBytes(): number {
    return this.#seenBytes;
  }

  /** The start of what came, at most as long as the bound. */
  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}
