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
  const start = lookAt(latin1(body.subarray(0, START_BYTES)));
  const seen = isDecided(start) ? start : lookAt(latin1(body));
  const kind = seen.id === undefined ? undefined : CANDIDATES.find((each) => fits(each, seen));
  return { id: seen.id, kind, status: seen.status };
}

/** Inqud writes id and status early. */
const START_BYTES = 512;

interface Seen {
  /** The id in the first of the fields that can hold one. */
  id: string | undefined;
  /** The place of that field among all that can; beyond them all while there is none. */
  idField: number;
  prefix: string | undefined;
  status: string | undefined;
  readonly telling: string[];
}

function lookAt(json: string): Seen {
  const seen: Seen = {
    id: undefined,
    idField: ID_FIELDS.length,
    prefix: undefined,
    status: undefined,
    telling: [],
  };
  visitTopLevel(json, (name, text) => {
    if (TELLING_FIELDS.has(name)) seen.telling.push(name);
    if (text !== undefined) noteText(seen, name, text);
    return isDecided(seen) ? 'enough' : 'more';
  });
  return seen;
}

/** Whatever is still to come changes nothing. */
function isDecided({ idField, prefix, status }: Seen): boolean {
  return status !== undefined && idField === 0 && UNIQUE_PREFIXES.has(prefix);
}

function noteText(seen: Seen, name: string, text: string): void {
  if (STATUS_FIELDS.has(name) && PLAIN_STATUS.test(text)) seen.status = spelled(text);
  const field = ID_FIELDS.indexOf(name);
  if (field === -1 || field > seen.idField || !PLAIN_ID.test(text)) return;
  seen.id = text;
  seen.idField = field;
  seen.prefix = PREFIX.exec(text)?.[1];
}

function fits({ idField, recognition }: Kind, seen: Seen): boolean {
  return (
    idField === ID_FIELDS[seen.idField] &&
    recognition.idPrefix === seen.prefix &&
    recognition.fields.every((field) => seen.telling.includes(field))
  );
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
