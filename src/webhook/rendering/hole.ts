import { putHex } from './ascii.js';
import { type IdSource, idWord, referenceWord, type Words } from './id-source.js';
import { putStamp } from './stamp.js';

/**
 * A piece of a body that differs from resource to resource. It is as long as what the sample has in
 * its place, so it is written over that.
 */
export type Hole = IdHole | TimeHole;

/** What comes from the resource's ids. */
export type IdHole =
  | { readonly kind: 'uuid'; readonly of: IdOwner; readonly symbol: Words }
  /** A multiple of eight hexadecimal digits. */
  | {
      readonly kind: 'hex';
      readonly of: IdOwner;
      readonly symbol: Words;
      readonly digits: number;
    }
  /** The eight hexadecimal digits that end a merchant's reference. */
  | { readonly kind: 'reference' };

/** What comes from the times of its life. */
export type TimeHole =
  /** When event number `index` of the resource happens. */
  | { readonly kind: 'moment'; readonly index: number; readonly msDigits: number }
  /** So long after event number `index`, and never before event number `notBefore`. */
  | {
      readonly kind: 'deadline';
      readonly index: number;
      readonly afterMs: number;
      readonly notBefore: number;
      readonly msDigits: number;
    };

/** Whether an id is new with each resource or with each of the merchant's orders. */
export type IdOwner = 'resource' | 'order';

/** What makes a sample event one resource's event. */
export interface RenderContext {
  readonly ids: IdSource;
  /**
   * When event number `index` on the usual path of the resource (0 is its creation) happens, in
   * whole milliseconds since the Unix epoch. Each has to be at least 1 ms after the one before, so
   * that the update stamps of a life strictly increase: see `eventTimes`.
   */
  readonly eventTimeMs: (index: number) => number;
}

/** Event times that are `spacingMs` apart, at least 1 ms. */
export function eventTimes(firstMs: number, spacingMs: number): RenderContext['eventTimeMs'] {
  const stepMs = Math.max(1, spacingMs);
  return (index) => firstMs + index * stepMs;
}

export function isTimeHole(hole: Hole): hole is TimeHole {
  return hole.kind === 'moment' || hole.kind === 'deadline';
}

/** Writes what belongs into a hole that starts at that byte. */
export function fill(target: Uint8Array, at: number, hole: Hole, context: RenderContext): void {
  if (isTimeHole(hole)) fillTime(target, at, hole, context.eventTimeMs);
  else fillId(target, at, hole, context.ids);
}

/** The same for a hole that wants an id. */
export function fillId(target: Uint8Array, at: number, hole: IdHole, ids: IdSource): void {
  switch (hole.kind) {
    case 'uuid':
      putUuid(target, at, ids[hole.of], hole.symbol);
      break;
    case 'hex':
      putHexId(target, at, ids[hole.of], hole);
      break;
    case 'reference':
      putHex(target, at, referenceWord(ids.order), 8);
      break;
    default:
      hole satisfies never;
  }
}

/** The same for a hole that wants a time. */
export function fillTime(
  target: Uint8Array,
  at: number,
  hole: TimeHole,
  eventTimeMs: RenderContext['eventTimeMs'],
): void {
  const ms = hole.kind === 'moment' ? eventTimeMs(hole.index) : deadlineMs(hole, eventTimeMs);
  putStamp(target, at, ms, hole.msDigits);
}

/** Version 4, the variant of RFC 9562, and dashes that are there already. */
function putUuid(target: Uint8Array, at: number, source: Words, symbol: Words): void {
  const second = (idWord(source, symbol, 1) & 0xffff0fff) | 0x4000;
  const third = (idWord(source, symbol, 2) & 0x3fffffff) | 0x80000000;
  putHex(target, at, idWord(source, symbol, 0), 8);
  putHex(target, at + 9, second >>> 16, 4);
  putHex(target, at + 14, second, 4);
  putHex(target, at + 19, third >>> 16, 4);
  putHex(target, at + 24, third, 4);
  putHex(target, at + 28, idWord(source, symbol, 3), 8);
}

function putHexId(
  target: Uint8Array,
  at: number,
  source: Words,
  { symbol, digits }: { readonly symbol: Words; readonly digits: number },
): void {
  for (let index = 0; index < digits / 8; index += 1) {
    putHex(target, at + index * 8, idWord(source, symbol, index), 8);
  }
}

function deadlineMs(
  hole: Extract<Hole, { readonly kind: 'deadline' }>,
  eventTimeMs: RenderContext['eventTimeMs'],
): number {
  return Math.max(eventTimeMs(hole.index) + hole.afterMs, eventTimeMs(hole.notBefore));
}
