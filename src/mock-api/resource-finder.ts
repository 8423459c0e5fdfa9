import { CATALOGUE, type Kind } from '../webhook/catalogue.js';
import { visitTopLevel } from '../webhook/kinds/top-level.js';
import {
  type IdSpace,
  orderOfReference,
  orderOfWord,
  resourceOfWord,
  symbolOf,
} from '../webhook/rendering/id-source.js';

/**
 * Which resource of a batch has that text in a field, if any has: a guess to be checked. Ids are
 * undone, not looked up, so this takes no memory however many resources there are.
 */
export type ResourceFinder = (text: string, batchNumber: number) => number | undefined;

const ID =
  /(?:\b(?<prefix>[A-Z]+)-)?\b(?<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$|^0x(?<number>[0-9a-f]+)$/;
const REFERENCE_WORD = /([0-9a-f]{8})$/;
const REFERENCES = new Set(CATALOGUE.referenceFields.map(({ field }) => field));
const SCOPES = new Map(CATALOGUE.idPrefixes.map(({ prefix, scope }) => [prefix, scope]));

/** A finder for a field at the top of the bodies of a kind, made from one of its samples. */
export function createFinder(
  space: IdSpace,
  kind: Kind,
  sample: string,
  field: string,
): ResourceFinder {
  const text = topText(sample, field);
  if (text === undefined) return () => undefined;
  if (REFERENCES.has(field)) return referenceFinder(space);
  const { prefix, uuid, number } = ID.exec(text)?.groups ?? {};
  const id = uuid ?? number;
  const scope = SCOPES.get(prefix ?? '') ?? 'resource';
  if (id === undefined || scope === 'account') return () => undefined;
  const isOrders = scope === 'order' || kind.orderFields.includes(field);
  return idFinder(space, isOrders ? orderOfWord : resourceOfWord, symbolOf(id));
}

function referenceFinder(space: IdSpace): ResourceFinder {
  return (text, batchNumber) => {
    const [, word] = REFERENCE_WORD.exec(text) ?? [];
    if (word === undefined) return undefined;
    return orderOfReference(space, Number.parseInt(word, 16), batchNumber);
  };
}

function idFinder(
  space: IdSpace,
  undo: typeof resourceOfWord,
  symbol: ReturnType<typeof symbolOf>,
): ResourceFinder {
  return (text, batchNumber) => {
    const { uuid, number } = ID.exec(text)?.groups ?? {};
    const digits = (uuid ?? number)?.slice(0, 8);
    if (digits === undefined) return undefined;
    return undo(space, symbol, Number.parseInt(digits, 16), batchNumber);
  };
}

/** A text at the top of a body; undefined where there is none. */
export function topText(json: string, field: string): string | undefined {
  let found: string | undefined;
  visitTopLevel(json, (name, text) => {
    if (name === field) found = text;
    return found === undefined ? 'more' : 'enough';
  });
  return found;
}
