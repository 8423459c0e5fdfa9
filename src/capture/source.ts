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
  const chunks: Buffer[] = [];
  let readBytes = 0;
  for await (const chunk of source) {
    readBytes += chunk.length;
    if (readBytes > maxBytes) return { kind: 'too-large' };
    chunks.push(Buffer.from(chunk));
  }
  return { kind: 'whole', bytes: Buffer.concat(chunks) };
}
