import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type ReadOptions, readCaptures } from '../../src/capture/read-captures.js';
import type { CaptureEntry } from '../../src/capture/record.js';
import { HookError } from '../../src/errors.js';

const folder = new URL('../../fixtures/captures/', import.meta.url);

export function fixture(name: string): Buffer {
  return readFileSync(new URL(name, folder));
}

export async function* inChunks(bytes: Uint8Array, sizes: readonly number[] = []) {
  let at = 0;
  for (const size of sizes) {
    yield bytes.slice(at, at + size);
    at += size;
  }
  yield bytes.slice(at);
}

export async function readAtFile(path: string): Promise<Uint8Array> {
  if (path !== 'checkout-success.json') throw new HookError('unreadable-file', `No file ${path}.`);
  return readFile(new URL(path, folder));
}

export async function read(
  bytes: Uint8Array | string,
  options: Partial<ReadOptions> = {},
  sizes?: readonly number[],
): Promise<readonly CaptureEntry[]> {
  const source = inChunks(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, sizes);
  const entries: CaptureEntry[] = [];
  for await (const entry of readCaptures(source, { file: 'given', readAtFile, ...options })) {
    entries.push(entry);
  }
  return entries;
}
