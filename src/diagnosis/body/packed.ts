import {
  brotliDecompressSync,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  type ZlibOptions,
} from 'node:zlib';
import { headerValues } from '../../webhook/verdict.js';
import type { Subject } from '../subject.js';
import type { BodyCandidate, BodyMistake } from './body-mistake.js';

/** A few kilobytes can unpack to gigabytes: no web hook is as large as this. */
const MOST_UNPACKED: ZlibOptions = { maxOutputLength: 4 * 1024 * 1024 };
/** More than this is not unpacked. */
const MOST_PACKED = 1024 * 1024;

type Unpack = (bytes: Buffer) => Buffer;

/** The captured body is packed, as Content-Encoding says, or as it begins. */
export const packed: BodyMistake = {
  id: 'capture/packed',
  stage: 'undo',
  explanation:
    'The captured body is packed, as gzip or the like; the digest is that of the unpacked one.',
  fix: 'Unpack the body before hashing it, or have whatever packs it leave it as it is.',
  candidates: unpackedForms,
};

/** True for bytes that some packing made. */
export function looksPacked(subject: Subject): boolean {
  return waysToUnpack(subject).length > 0;
}

function* unpackedForms(subject: Subject): Iterable<BodyCandidate> {
  if (subject.bytes.length > MOST_PACKED) return;
  for (const unpack of waysToUnpack(subject)) {
    const bytes = tried(unpack, subject.bytes);
    if (bytes !== undefined) yield { make: () => bytes };
  }
}

function waysToUnpack(subject: Subject): readonly Unpack[] {
  const { bytes } = subject;
  const [first = 0, second = 0] = bytes;
  if (first === 0x1f && second === 0x8b) return [(given) => gunzipSync(given, MOST_UNPACKED)];
  const isText = first === 0x7b || first === 0x5b || bytes.length === 0;
  if (isText) return [];
  const isZlib = (first & 0x0f) === 8 && first >> 4 <= 7 && ((first << 8) | second) % 31 === 0;
  const said = headerValues(subject.headers, 'Content-Encoding').join().toLowerCase();
  return [
    ...(isZlib ? [(given: Buffer) => inflateSync(given, MOST_UNPACKED)] : []),
    ...(said.includes('deflate') ? [(given: Buffer) => inflateRawSync(given, MOST_UNPACKED)] : []),
    ...(/\bbr\b/.test(said) ? [(given: Buffer) => brotliDecompressSync(given, MOST_UNPACKED)] : []),
  ];
}

function tried(unpack: Unpack, bytes: Buffer): Buffer | undefined {
  try {
    return unpack(bytes);
  } catch {
    return undefined;
  }
}
