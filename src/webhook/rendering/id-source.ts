import { hash } from 'node:crypto';

/** 128 bits as four 32-bit integers. */
export type Words = readonly [number, number, number, number];

/** What every id of a run is derived from: its seed and its salt. */
export type IdSpace = Words;

/** Names a resource, or the merchant's order it belongs to. Integers from 0 are much faster than strings. */
export type IdKey = string | number;

/** Where the ids of one resource come from. */
export interface IdSource {
  readonly resource: Words;
  readonly order: Words;
}

const RESOURCE_KEY = 0x52455321;
const ORDER_KEY = 0x4f524421;
const KEY_STEP = 0x9e3779b1;

/** Another seed or another salt gives other ids throughout. */
export function createIdSpace(seed: string, salt: string): IdSpace {
  return wordsOf(JSON.stringify([seed, salt]));
}

/**
 * The same keys give the same ids. Two numbers below 2^32 never share a UUID of one symbol, since
 * each step is a bijection of 32 bits; all else is as unlikely as between random UUIDs.
 */
export function idSource(space: IdSpace, resource: IdKey, order: IdKey): IdSource {
  return {
    resource: derive(space, resource, RESOURCE_KEY),
    order: derive(space, order, ORDER_KEY),
  };
}

/** The id's name within the samples: the same text is the same symbol. */
export function symbolOf(text: string): Words {
  return wordsOf(text);
}

/** Word number `index` of the id of that symbol: 32 bits, signed. */
export function idWord(source: Words, symbol: Words, index: number): number {
  const lane = (source[index & 3] ?? 0) ^ (symbol[index & 3] ?? 0);
  return scramble(lane + Math.imul(index >> 2, 0x9e3779b9));
}

/** The 32 bits that name an order in the merchant's reference. */
export function referenceWord(order: Words): number {
  return scramble(order[0]);
}

function derive(space: IdSpace, key: IdKey, purpose: number): Words {
  return typeof key === 'number'
    ? mixed(space, key, key, key, key, Math.imul(Math.floor(key / 2 ** 32), KEY_STEP) ^ purpose)
    : mixed(space, ...wordsOf(key), purpose);
}

function mixed(
  space: IdSpace,
  first: number,
  second: number,
  third: number,
  fourth: number,
  purpose: number,
): Words {
  return [
    scramble(scramble(space[0] ^ first) ^ purpose),
    scramble(scramble(space[1] ^ second) ^ purpose),
    scramble(scramble(space[2] ^ third) ^ purpose),
    scramble(scramble(space[3] ^ fourth) ^ purpose),
  ];
}

/** The finaliser of MurmurHash3: a bijection of 32 bits in which every bit changes every other. */
function scramble(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function wordsOf(text: string): Words {
  const bytes = hash('sha256', text, 'buffer');
  return [bytes.readInt32LE(0), bytes.readInt32LE(4), bytes.readInt32LE(8), bytes.readInt32LE(12)];
}

/**
 * The number below 2^32 whose id of that symbol starts with this word: the inverse of the first
 * `idWord` of `idSource`. `upper` counts the times that 2^32 goes into the key the id was made of.
 */
export function resourceOfWord(space: IdSpace, symbol: Words, word: number, upper: number): number {
  return invert(space, unscramble(word) ^ symbol[0], Math.imul(upper, KEY_STEP) ^ RESOURCE_KEY);
}

/** The same for an id that belongs to the order. */
export function orderOfWord(space: IdSpace, symbol: Words, word: number, upper: number): number {
  return invert(space, unscramble(word) ^ symbol[0], Math.imul(upper, KEY_STEP) ^ ORDER_KEY);
}

/** The inverse of `referenceWord`. */
export function orderOfReference(space: IdSpace, word: number, upper: number): number {
  return invert(space, unscramble(word), Math.imul(upper, KEY_STEP) ^ ORDER_KEY);
}

function invert(space: IdSpace, lane: number, purpose: number): number {
  return (unscramble(unscramble(lane) ^ purpose) ^ space[0]) >>> 0;
}

/** What `scramble` makes this of: its steps backwards, with the inverses of its factors modulo 2^32. */
function unscramble(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x7ed1b41d);
  mixed = Math.imul(mixed ^ (mixed >>> 13) ^ (mixed >>> 26), 0xa5cb9243);
  return mixed ^ (mixed >>> 16);
}
