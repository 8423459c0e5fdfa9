import { CATALOGUE, type Kind } from '../catalogue.js';
import { spelled } from './names.js';
import { visitTopLevel } from './top-level.js';

/** What a body shows of itself. */
export interface Recognised {
  /** The id of the resource, where there is one in printable ASCII. */
  readonly id: string | undefined;
  readonly kind: Kind | undefined;
  /** As events are named: `request-created`. It need not be one of the catalogue's. */
  readonly status: string | undefined;
}

const ID_FIELDS = [...new Set(CATALOGUE.kinds.map(({ idField }) => idField))];
const STATUS_FIELDS = new Set(CATALOGUE.kinds.map(({ statusField }) => statusField));
const TELLING_FIELDS = new Set(CATALOGUE.kinds.flatMap(({ recognition }) => recognition.fields));
/** Those that a field tells from others come first. */
const CANDIDATES = CATALOGUE.kinds.toSorted(
  (one, other) => other.recognition.fields.length - one.recognition.fields.length,
);
const PREFIXES = CATALOGUE.kinds.map(({ recognition }) => recognition.idPrefix);
const UNIQUE_PREFIXES = new Set(
  PREFIXES.filter((prefix) => prefix && PREFIXES.indexOf(prefix) === PREFIXES.lastIndexOf(prefix)),
);
const PREFIX = /^([A-Z]+)-/;
const PLAIN_ID = /^[!-[\]-~]{1,200}$/;
const PLAIN_STATUS = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/;

/**
 * Tells what a body is about, without reading more of it than needed. Bodies say neither their kind
 * nor their event (docs.inqud.com/developer/web-hooks), so this is inferred from the id and fields.
 */
export function recognise(body: Uint8Array): Recognised {
  const { ids, fields, status } = lookAt(latin1(body));
  const idField = ID_FIELDS.find((name) => ids.has(name));
  const id = ids.get(idField ?? '');
  const kind = CANDIDATES.find(
    ({ recognition, ...candidate }) =>
      candidate.idField === idField &&
      recognition.idPrefix === prefixOf(id) &&
      recognition.fields.every((field) => fields.has(field)),
  );
  return { id, kind: id === undefined ? undefined : kind, status };
}

interface Seen {
  readonly ids: ReadonlyMap<string, string>;
  readonly fields: ReadonlySet<string>;
  readonly status: string | undefined;
}

function lookAt(json: string): Seen {
  const ids = new Map<string, string>();
  const fields = new Set<string>();
  let status: string | undefined;
  visitTopLevel(json, (name, text) => {
    if (TELLING_FIELDS.has(name)) fields.add(name);
    if (text === undefined) return 'more';
    if (ID_FIELDS.includes(name) && PLAIN_ID.test(text)) ids.set(name, text);
    if (STATUS_FIELDS.has(name) && PLAIN_STATUS.test(text)) status = spelled(text);
    return status !== undefined && isDecided(ids) ? 'enough' : 'more';
  });
  return { ids, fields, status };
}

/** No field that may still come can change what an id with such a prefix means. */
function isDecided(ids: ReadonlyMap<string, string>): boolean {
  return UNIQUE_PREFIXES.has(prefixOf(ids.get('id')));
}

function prefixOf(id: string | undefined): string | undefined {
  return PREFIX.exec(id ?? '')?.[1];
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
