import type { Header } from '../ports.js';

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
}

export interface MalformedCapture {
  readonly kind: 'malformed';
  /** A sentence. */
  readonly reason: string;
}

/** Something that is no capture and need not be one, such as another record in the same stream. */
export interface SkippedEntry {
  readonly kind: 'skipped';
}

/** One entry of a capture file and its place. */
export type CaptureEntry = ParsedCapture & { readonly at: CapturePlace };

/** An entry as a reader finds it, before the name of the file is known. */
export type PlacedCapture = ParsedCapture & {
  readonly line?: number | undefined;
  readonly entry?: number | undefined;
};

export function malformed(reason: string): MalformedCapture {
  return { kind: 'malformed', reason };
}
