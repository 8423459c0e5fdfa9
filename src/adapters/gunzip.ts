import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { HookError } from '../errors.js';
import { reasonOf } from './files.js';

/** The unpacked bytes of gzip bytes. @throws HookError `unreadable-file` where they are damaged */
export async function* gunzip(
  source: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  const unpacked = pipeline(Readable.from(source), createGunzip(), () => undefined);
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
