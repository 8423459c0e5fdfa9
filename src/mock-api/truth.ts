import { createComposer, type Samples } from '../delivery/composer.js';
import { indexEvents } from '../delivery/event-index.js';
import type { Batch, Plan } from '../delivery/plan.js';
import { CATALOGUE, findKind } from '../webhook/catalogue.js';
import { createIdSpace } from '../webhook/rendering/id-source.js';
import { createFinder, type ResourceFinder, topText } from './resource-finder.js';

/**
 * The true state of the resources of a plan at an instant: the last event of each whose plan time has
 * come, whether its web hook arrived or not. Bodies are those of the web hooks, byte for byte.
 */
export interface Truth {
  /** The body of the first resource of these kinds with that text in that field. */
  find(kinds: readonly string[], field: FieldName, text: string): Uint8Array | undefined;
  /** The bodies of all of them, up to a limit. */
  findAll(kinds: readonly string[], field: FieldName, text: string): readonly Uint8Array[];
  /** Bodies in plan order. */
  page(kinds: readonly string[], page: { readonly from: number; readonly size: number }): Page;
  /** What the resources of each batch are at: all of one batch live the same life at the same time. */
  states(): readonly BatchState[];
}

/** A field at the top of bodies; `id` stands for the field that is the id of a kind. */
export type FieldName = 'id' | 'orderId' | 'clientOrderId' | 'referenceId' | 'wallet';

export interface Page {
  readonly bodies: readonly Uint8Array[];
  /** Of all resources of these kinds that exist. */
  readonly total: number;
}

export interface BatchState {
  readonly kind: string;
  /** As events are named: `request-created`. */
  readonly status: string;
  readonly count: number;
  /** The body of one of them. */
  readonly example: Uint8Array;
}

export interface TruthOptions {
  readonly samples: Samples;
  /** Plan time, in milliseconds. */
  readonly planNow: () => number;
}

/** Resources that share a text that the user set are listed up to here. */
const MOST_ALIKE = 100;

interface TruthPlace {
  readonly batch: Batch;
  readonly batchNumber: number;
  readonly firstSequence: number;
}

/** @throws HookError `bad-override` */
export function createTruth(plan: Plan, { samples, planNow }: TruthOptions): Truth {
  const composer = createComposer(plan, samples, { headers: [], signer: undefined });
  const index = indexEvents(plan);
  const places = placesOf(plan.batches);
  const finderOf = findersFor(plan, samples);

  const bodyOf = (
    { batch, firstSequence }: TruthPlace,
    resource: number,
  ): Uint8Array | undefined => {
    const eventNumber = lastDue(batch, planNow());
    if (eventNumber === undefined || resource >= batch.count) return undefined;
    const sequence = firstSequence + resource * batch.events.length + eventNumber;
    return composer.compose(index.locate(sequence)).body;
  };

  const matching = (place: TruthPlace, field: string, text: string): readonly Uint8Array[] => {
    const bodyWith = (resource: number | undefined) => {
      const body = resource === undefined ? undefined : bodyOf(place, resource);
      return body !== undefined && textIn(body, field) === text ? body : undefined;
    };
    const found = bodyWith(finderOf(place, field)(text, place.batchNumber));
    if (found !== undefined) return [found];
    if (bodyWith(0) === undefined) return [];
    const alike = Math.min(place.batch.count, MOST_ALIKE);
    return Array.from({ length: alike }, (_, resource) => bodyWith(resource)).filter(isPresent);
  };

  const findAll = (kinds: readonly string[], field: FieldName, text: string) =>
    placesAmong(places, kinds)
      .flatMap((place) => matching(place, fieldOf(place.batch.kind, field), text))
      .slice(0, MOST_ALIKE);

  return {
    find: (kinds, field, text) => findAll(kinds, field, text)[0],
    findAll,
    page: (kinds, { from, size }) => {
      const existing = placesAmong(places, kinds).filter(
        ({ batch }) => lastDue(batch, planNow()) !== undefined,
      );
      const total = existing.reduce((sum, { batch }) => sum + batch.count, 0);
      const end = Math.min(from + size, total);
      const numbers = Array.from({ length: Math.max(0, end - from) }, (_, number) => from + number);
      const bodies = numbers.map((number) => nth(existing, number, bodyOf)).filter(isPresent);
      return { bodies, total };
    },
    states: () =>
      places.flatMap((place) => {
        const { kind, events, count } = place.batch;
        const status = events[lastDue(place.batch, planNow()) ?? -1]?.status;
        const example = bodyOf(place, 0);
        return status === undefined || example === undefined
          ? []
          : [{ kind, status, count, example }];
      }),
  };
}

/** The number of the event that says how things are: of those due last the one named last. */
function lastDue({ events }: Batch, nowMs: number): number | undefined {
  let last: number | undefined;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const [number, { dueMs }] of events.entries()) {
    if (dueMs > nowMs || dueMs < lastMs) continue;
    last = number;
    lastMs = dueMs;
  }
  return last;
}

function placesOf(batches: readonly Batch[]): readonly TruthPlace[] {
  let firstSequence = 0;
  return batches.map((batch, batchNumber) => {
    const place = { batch, batchNumber, firstSequence };
    firstSequence += batch.count * batch.events.length;
    return place;
  });
}

function placesAmong(
  places: readonly TruthPlace[],
  kinds: readonly string[],
): readonly TruthPlace[] {
  return places.filter(({ batch }) => kinds.includes(batch.kind) && batch.count > 0);
}

function nth(
  places: readonly TruthPlace[],
  number: number,
  bodyOf: (place: TruthPlace, resource: number) => Uint8Array | undefined,
): Uint8Array | undefined {
  let left = number;
  for (const place of places) {
    if (left < place.batch.count) return bodyOf(place, left);
    left -= place.batch.count;
  }
  return undefined;
}

/** The finders of a plan, each made when it is first needed. */
function findersFor(
  plan: Plan,
  samples: Samples,
): (place: TruthPlace, field: string) => ResourceFinder {
  const space = createIdSpace(plan.seed, plan.salt);
  const finders = new Map<string, ResourceFinder>();
  return ({ batch }, field) => {
    const name = `${batch.kind} ${field}`;
    const finder = finders.get(name) ?? make(batch, field);
    finders.set(name, finder);
    return finder;
  };

  function make({ kind: kindName, events }: Batch, field: string): ResourceFinder {
    const kind = findKind(kindName);
    const sample = samples.get(`${kindName}.${events[0]?.status}`);
    if (kind === undefined || sample === undefined) return () => undefined;
    return createFinder(space, kind, sample, field);
  }
}

const ID_FIELDS = new Map(CATALOGUE.kinds.map(({ kind, idField }) => [kind, idField]));

function fieldOf(kind: string, field: FieldName): string {
  return field === 'id' ? (ID_FIELDS.get(kind) ?? field) : field;
}

function textIn(body: Uint8Array, field: string): string | undefined {
  return topText(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString(), field);
}

function isPresent<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}
