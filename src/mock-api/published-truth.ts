import { findKind } from '../webhook/catalogue.js';
import type { BatchState, FieldName, Truth } from './truth.js';

/** A truth that is told what is true, one body at a time. */
export interface PublishedTruth extends Truth {
  /** From now on this is what the resource is at. */
  publish(kind: string, body: Uint8Array): void;
}

interface Published {
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly body: Uint8Array;
}

export function createPublishedTruth(): PublishedTruth {
  const known = new Map<string, Published>();

  const matching = (kinds: readonly string[], field: FieldName, text: string) =>
    [...known.values()].filter(
      ({ kind, fields }) => kinds.includes(kind) && fields[fieldOf(kind, field)] === text,
    );

  const findAll: Truth['findAll'] = (kinds, field, text) =>
    matching(kinds, field, text).map(({ body }) => body);

  return {
    publish: (kind, body) => {
      const fields: Readonly<Record<string, unknown>> = JSON.parse(new TextDecoder().decode(body));
      known.set(`${kind} ${String(fields[fieldOf(kind, 'id')])}`, { kind, fields, body });
    },
    find: (kinds, field, text) => findAll(kinds, field, text)[0],
    findAll,
    page: (kinds, { from, size }) => {
      const all = [...known.values()].filter(({ kind }) => kinds.includes(kind));
      const bodies = all.slice(from, from + size).map(({ body }) => body);
      return { bodies, total: all.length };
    },
    states: () => [...known.values()].flatMap(stateOf),
  };
}

function fieldOf(kind: string, field: FieldName): string {
  return field === 'id' ? (findKind(kind)?.idField ?? field) : field;
}

function stateOf({ kind, fields, body }: Published): readonly BatchState[] {
  const known = findKind(kind);
  const status = known?.statuses.find((one) => one.status === fields[known.statusField]);
  return status === undefined ? [] : [{ kind, status: status.name, count: 1, example: body }];
}
