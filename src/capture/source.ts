/** The bytes of a file as they come. */
export type ByteSource = AsyncIterable<Uint8Array>;

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
  return { head: start.subarray(0, headBytes), source: continued(start, chunks) };
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

/** Reads everything into memory, unless that is more than `maxBytes`. */
export async function readWhole(source: ByteSource, maxBytes: number): Promise<WholeSource> {
  const read = new BoundedBytes(maxBytes);
  for await (const chunk of source) {
    if (read.add(chunk) === 'over') return { kind: 'too-large' };
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

  /** The start of what came, at most as long as the bound. */
  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}
