import { hash } from 'node:crypto';
import { CATALOGUE } from './catalogue.js';
import { createIdSpace, type IdSpace, referenceWord } from './rendering/id-source.js';

/** Gives a body the ids of another resource; every other byte stays. */
export type Renaming = (body: Uint8Array) => Uint8Array;

const REFERENCE_FIELDS = CATALOGUE.referenceFields.map(({ field }) => field).join('|');
const REFERENCE = new RegExp(
  `("(?:${REFERENCE_FIELDS})"\\s*:\\s*")((?:[^"\\\\]|\\\\.)+)(?=")`,
  'g',
);
const REFERENCE_WORD = /^(.*-)([0-9a-f]{8})$/s;
const UUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const NUMBER = '0x(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{40})';
const ID = new RegExp(`(?:\\b([A-Z]+)-)?\\b(${UUID})\\b|\\b(${NUMBER}|[0-9a-fA-F]{64})\\b`, 'g');
const KEPT_PREFIXES = new Set(
  CATALOGUE.idPrefixes.filter(({ scope }) => scope === 'account').map(({ prefix }) => prefix),
);
const VARIANTS = '89ab';

/**
 * Renames what names a resource or an order: UUIDs with any prefix or none, numbers of 20 or 32 bytes
 * in hexadecimal (addresses, transactions), and the merchant's references. Ids of an account stay.
 * The same name becomes the same one everywhere, another seed gives other ones. It works on the bytes,
 * so a name that is written with escapes is not found.
 */
export function createRenaming(seed: string): Renaming {
  const space = createIdSpace(seed, 'fresh ids');
  return (body) => {
    const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
    const renamed = renameReferences(renameIds(text, seed), text, space);
    return renamed === text ? body : Buffer.from(renamed, 'latin1');
  };
}

function renameIds(text: string, seed: string): string {
  return text.replace(ID, (match: string, prefix?: string, uuid?: string, number?: string) => {
    if (uuid === undefined) return number === undefined ? match : freshNumber(number, seed);
    if (prefix === undefined) return freshUuid(uuid, seed);
    return KEPT_PREFIXES.has(prefix) ? match : `${prefix}-${freshUuid(uuid, seed)}`;
  });
}

/** A reference that has an id in it was made fresh with that. */
function renameReferences(renamed: string, original: string, space: IdSpace): string {
  const before = [...original.matchAll(REFERENCE)].map(([, , reference]) => reference);
  let place = -1;
  return renamed.replace(REFERENCE, (match: string, start: string, reference: string) => {
    place += 1;
    return before[place] === reference ? start + freshReference(reference, space) : match;
  });
}

/** No two references become one: the word at the end is permuted, or one is added. */
function freshReference(reference: string, space: IdSpace): string {
  const [, start = `${reference}-`, word = ''] = REFERENCE_WORD.exec(reference) ?? [];
  const given = word === '' ? 0 : Number.parseInt(word, 16);
  const fresh = referenceWord([given ^ space[0], 0, 0, 0]) >>> 0;
  return start + fresh.toString(16).padStart(8, '0');
}

/** Version 4, the variant of RFC 9562. */
function freshUuid(uuid: string, seed: string): string {
  const digits = freshDigits(uuid, seed);
  const variant = VARIANTS.charAt(Number.parseInt(digits.charAt(16), 16) % VARIANTS.length);
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    variant + digits.slice(17, 20),
    digits.slice(20, 32),
  ];
  return inCaseOf(uuid, parts.join('-'));
}

function freshNumber(number: string, seed: string): string {
  const start = number.startsWith('0x') ? '0x' : '';
  const digits = number.slice(start.length);
  return start + inCaseOf(digits, freshDigits(digits, seed).slice(0, digits.length));
}

/** An address is the same one in whichever case it is written. */
function freshDigits(id: string, seed: string): string {
  return hash('sha256', JSON.stringify([seed, id.toLowerCase()]), 'hex');
}

function inCaseOf(given: string, fresh: string): string {
  return /[A-F]/.test(given) && !/[a-f]/.test(given) ? fresh.toUpperCase() : fresh;
}
