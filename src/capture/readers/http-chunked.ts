import { lineEnd } from './http-head.js';

const CHUNK_SIZE = /^([0-9a-fA-F]{1,8})[ \t]*(?:;.*)?\r?$/;
const SIZE_LINE_BYTES = 4096;
const RETURN = 0x0d;
const NEWLINE = 0x0a;

export type ChunkedBody =
  | { readonly kind: 'body'; readonly body: Uint8Array; readonly end: number }
  /** The bytes do not start with the size of a chunk: the tool that saved them had decoded them. */
  | { readonly kind: 'decoded-before' }
  | { readonly kind: 'broken'; readonly reason: string };

/** Decodes a body sent with the chunked transfer coding (RFC 9112, section 7.1). */
export function readChunked(bytes: Buffer, start: number): ChunkedBody {
  const chunks: Buffer[] = [];
  let at = start;
  for (;;) {
    const sizeEnd = lineEnd(bytes, at);
    const size = chunkSize(bytes, at, sizeEnd);
    if (size === undefined) return at === start ? { kind: 'decoded-before' } : broken(bytes, at);
    if (size === 0)
      return { kind: 'body', body: Buffer.concat(chunks), end: afterTrailers(bytes, sizeEnd + 1) };
    const dataEnd = sizeEnd + 1 + size;
    if (dataEnd > bytes.length) return cut();
    chunks.push(bytes.subarray(sizeEnd + 1, dataEnd));
    at = afterLineBreak(bytes, dataEnd);
  }
}

function chunkSize(bytes: Buffer, at: number, end: number): number | undefined {
  if (end - at > SIZE_LINE_BYTES) return undefined;
  const digits = CHUNK_SIZE.exec(bytes.toString('latin1', at, end))?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

function broken(bytes: Buffer, at: number): ChunkedBody {
  if (at >= bytes.length) return cut();
  return {
    kind: 'broken',
    reason: 'The chunked body has something else where a chunk size belongs.',
  };
}

function cut(): ChunkedBody {
  return { kind: 'broken', reason: 'The chunked body is cut off before its last chunk.' };
}

function afterTrailers(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const end = lineEnd(bytes, at);
    const empty = end === at || (end === at + 1 && bytes[at] === RETURN);
    if (empty) return Math.min(end + 1, bytes.length);
    at = end + 1;
  }
  return bytes.length;
}

function afterLineBreak(bytes: Buffer, at: number): number {
  if (bytes[at] === NEWLINE) return at + 1;
  return bytes[at] === RETURN && bytes[at + 1] === NEWLINE ? at + 2 : at;
}
