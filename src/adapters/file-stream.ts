import { fstatSync, writeSync } from 'node:fs';
import { Writable } from 'node:stream';

/**
 * The stream itself, or one that writes to the same file. Node's own takes a write that a full disk
 * cut short for a whole one, so that the end of a report would be missing and nobody told.
 */
export function wholeWrites(stream: NodeJS.WriteStream & { readonly fd: number }): Writable {
  return isFile(stream.fd) ? fileStream(stream.fd) : stream;
}

function fileStream(fd: number): Writable {
  return new Writable({
    write: (bytes: Buffer, _encoding, done) => {
      try {
        for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}
