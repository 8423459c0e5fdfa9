import type { Header } from '../ports.js';
import type { LeftOver } from './left-over.js';

/**
 * A received request, byte-exact. `at` is ISO 8601 UTC; headers keep their order and case, one
 * character a byte (Latin-1, as on the wire) where the source kept bytes.
 */
export interface CaptureRecord {
  readonly at?: string | undefined;
  readonly remote?: string | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

/** Where in a file something was found; lines and entries count from 1. */
export interface CapturePlace {
  readonly file: string;
  readonly line?: number | undefined;
  readonly entry?: number | undefined;
}

/** What one entry of a file turned out to be. */
export type ParsedCapture = FoundCapture | MalformedCapture;

export interface FoundCapture {
  readonly kind: 'capture';
  readonly record: CaptureRecord;
  /** A sentence on what the format could not keep or what was assumed. */
  readonly note?: string | undefined;
  /** The source is no exact record of the bytes: what was printed was read back. The note says how. */
  readonly isGuessed?: true;
  /** A body that nothing says was a request: without a digest it cannot be judged. */
  readonly isBare?: true;
  /** The capture itself says that nothing was in the body. */
  readonly isStatedEmpty?: true;
  /** Why these may not be the bytes that came; a digest that they do not explain proves nothing then. */
  readonly doubt?: Doubt | undefined;
}

/** What is said of a web hook whose bytes are in doubt, in place of a rejection. */
export interface Doubt {
  /** A sentence, as of what is malformed. */
  readonly reason: string;
  readonly hint?: string | undefined;
  /** Other texts of the entry that may be its body. */
  readonly others?: readonly Uint8Array[];
}

export interface MalformedCapture {
  readonly kind: 'malformed';
  /** A sentence. It never quotes the file, which may hold secrets. */
  readonly reason: string;
  /** What to type instead. */
  readonly hint?: string;
}

/** JSON that was parsed and written anew: spaces, numbers and escapes may have been others. */
export const PARSED_BODY: Doubt = {
  reason: 'Only the parsed body is kept here, and its bytes are gone: its digest cannot be judged.',
  hint: 'Log or export the body as text, before anything parses it.',
};

/** Something that is no capture and need not be one, such as another record in the same stream. */
export interface SkippedEntry {
  readonly kind: 'skipped';
}

/** One entry of a capture file and its place. */
export type CaptureEntry = ParsedCapture & { readonly at: CapturePlace };

/** Where in its file an entry is, before the name of the file is known. */
interface PlaceInFile {
  readonly line?: number | undefined;
  readonly entry?: number | undefined;
}

/** A capture as a reader finds it. */
export type PlacedCapture = ParsedCapture & PlaceInFile;

/** What a reader yields: captures, and what it stepped over. */
export type PlacedEntry = PlacedCapture | (LeftOver & PlaceInFile);

/** A capture that names no method is of a web hook, which is a POST. */
export function isPost({ method = 'POST' }: CaptureRecord): boolean {
  return method === 'POST' || method.toUpperCase() === 'POST';
}

export function malformed(reason: string, hint?: string): MalformedCapture {
  return { kind: 'malformed', reason, ...(hint !== undefined && { hint }) };
}

/** What is wrong with a last line that has no newline. */
export function cutOff(reason: string): string {
  return `${reason} It is the last line and has no newline: it may be cut off.`;
}
