import { CATALOGUE, type IdScope, type Kind } from '../catalogue.js';
import type { Part, Punch } from './body-tree.js';
import type { Hole, IdOwner } from './hole.js';
import { symbolOf } from './id-source.js';
import { parseStamp, type Stamp, truncatedMs } from './stamp.js';

/** The life that a body is rendered for: where it ends, and whether it ends because time ran out. */
export interface LifeEnd {
  readonly index: number;
  readonly expires: boolean;
}

const CREATED = 'createdAt';
const SAMPLE_STEP_MS = 60_000;
const SAMPLE_EPOCH_MS = Date.parse(CATALOGUE.sampleEpoch);
const TIME_ROLES = new Map(CATALOGUE.timeFields.map(({ field, role }) => [field, role]));
const REFERENCES = new Set(CATALOGUE.referenceFields.map(({ field }) => field));
const SCOPES = new Map(CATALOGUE.idPrefixes.map(({ prefix, scope }) => [prefix, scope]));
const REFERENCE = /-([0-9a-f]{8})$/;
const ID =
  /(?:\b(?<prefix>[A-Z]+)-)?\b(?<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b|\b0x(?<number>[0-9a-f]{64}|[0-9a-f]{40})\b|\b(?<digest>[0-9a-f]{64})\b/g;

/** Finds what differs from resource to resource in the strings of a sample event. */
export function punchFor(kind: Kind, end: LifeEnd): Punch {
  return (text, key, owner) => {
    if (REFERENCES.has(key)) return referenceParts(text);
    const role = TIME_ROLES.get(key);
    if (role === 'moment') return [{ sample: text, hole: momentHole(readStamp(text)) }];
    if (role === 'deadline') {
      return [{ sample: text, hole: deadlineHole(readStamp(text), owner, end) }];
    }
    return idParts(text, kind.orderFields.includes(key) ? 'order' : 'resource');
  };
}

function referenceParts(text: string): readonly Part[] {
  const [match, digits] = REFERENCE.exec(text) ?? [];
  if (match === undefined || digits === undefined) throw unfit(text, 'a reference');
  return [text.slice(0, -digits.length), { sample: digits, hole: { kind: 'reference' } }];
}

function momentHole(stamp: Stamp): Hole {
  return { kind: 'moment', index: eventIndex(stamp), msDigits: stamp.msDigits };
}

/** In a life that ends by time the deadline is that end, wherever the sample has it. */
function deadlineHole(stamp: Stamp, owner: object, end: LifeEnd): Hole {
  const { msDigits } = stamp;
  if (end.expires) return { kind: 'moment', index: end.index, msDigits };
  const created = readStamp(String(Object.entries(owner).find(([key]) => key === CREATED)?.[1]));
  const afterMs = stamp.ms - created.ms;
  return { kind: 'deadline', index: eventIndex(created), afterMs, notBefore: end.index, msDigits };
}

function readStamp(text: string): Stamp {
  const stamp = parseStamp(text);
  if (stamp === undefined) throw unfit(text, 'a time');
  return stamp;
}

function eventIndex({ ms, msDigits }: Stamp): number {
  const index = (ms - truncatedMs(SAMPLE_EPOCH_MS, msDigits)) / SAMPLE_STEP_MS;
  if (!Number.isInteger(index) || index < 0) {
    throw unfit(new Date(ms).toISOString(), 'a time whole minutes after the first event');
  }
  return index;
}

function unfit(text: string, what: string): Error {
  return new Error(`A sample event says "${text}" where ${what} belongs.`);
}

function idParts(text: string, ofField: IdOwner): readonly Part[] {
  const parts: Part[] = [];
  let read = 0;
  for (const match of text.matchAll(ID)) {
    const { prefix, uuid, number, digest } = match.groups ?? {};
    const scope = uuid === undefined ? ofField : scopeOf(prefix);
    if (scope === 'account') continue;
    const of = ofField === 'order' ? ofField : scope;
    const sample = uuid ?? number ?? digest ?? '';
    const start = match.index + match[0].length - sample.length;
    parts.push(text.slice(read, start), { sample, hole: idHole(sample, uuid !== undefined, of) });
    read = start + sample.length;
  }
  return [...parts, text.slice(read)];
}

/** Ids without a prefix we know are taken to be the resource's own. */
function scopeOf(prefix: string | undefined): IdScope {
  return SCOPES.get(prefix ?? '') ?? 'resource';
}

function idHole(sample: string, isUuid: boolean, of: IdOwner): Hole {
  const symbol = symbolOf(sample);
  return isUuid ? { kind: 'uuid', of, symbol } : { kind: 'hex', of, symbol, digits: sample.length };
}
