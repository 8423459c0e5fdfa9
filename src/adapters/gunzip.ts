import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { HookError } from '../errors.js';
import type { ByteSource } from '../ports.js';
import { reasonOf } from './files.js';

const PIECE_BYTES = 64 * 1024;

/** The unpacked bytes of gzip bytes. @throws HookError `unreadable-file` where they are damaged */
export function gunzip(source: AsyncIterable<Uint8Array>, name: string): ByteSource {
  let packedBytes = 0;
  const count = (bytes: number) => {
    packedBytes += bytes;
  };
  return {
    [Symbol.asyncIterator]: () => unpackedOf(counted(source, count), name),
    packedBytes: () => packedBytes,
  };
}

/** In small pieces, so that what has been read is never far ahead of what has been unpacked. */
async function* counted(
  source: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const piece = chunk.subarray(at, at + PIECE_BYTES);
      count(piece.length);
      yield piece;
    }
  }
}

async function* unpackedOf(
  source: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  const packed = Readable.from(source, { highWaterMark: 1 });
  const unpacked = pipeline(packed, createGunzip(), () => undefined);
  try {
    yield* unpacked;
  } catch (error) {
    throw new HookError(
      'unreadable-file',
      `${name} cannot be unpacked: ${reasonOf(error)}.`,
      'Check it with `gzip --test`.',
    );
  }
}
