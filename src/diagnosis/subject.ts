import type { Header } from '../ports.js';
import type { DiagnosisInput, Neighbour } from './diagnosis.js';
import { type JsonTokens, tokenise } from './json/tokens.js';

/** A body under examination. What is costly to work out is worked out once, when asked for. */
export interface Subject {
  readonly bytes: Buffer;
  readonly headers: readonly Header[];
  readonly neighbours: readonly Neighbour[];
  /** Its JSON tokens, or undefined when it is not JSON. */
  readonly tokens: () => JsonTokens | undefined;
  /** Its text, read as UTF-8. */
  readonly text: () => string;
  /** True when it is UTF-8 without a fault. */
  readonly isUtf8: () => boolean;
}

export function subjectOf(entry: DiagnosisInput): Subject {
  return createSubject(entry.body, entry.headers ?? [], entry.neighbours ?? []);
}

/** A changed body: what came with the captured one says nothing about it. */
export function subjectOfBytes(body: Uint8Array): Subject {
  return createSubject(body, [], []);
}

function createSubject(
  body: Uint8Array,
  headers: readonly Header[],
  neighbours: readonly Neighbour[],
): Subject {
  const bytes = asBuffer(body);
  const text = once(() => bytes.toString('utf8'));
  return {
    bytes,
    headers,
    neighbours,
    tokens: once(() => tokenise(bytes)),
    text,
    isUtf8: once(() => Buffer.from(text()).equals(bytes)),
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function once<T>(work: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: work() };
    return made.value;
  };
}
