import type { Header, OutgoingRequest } from '../ports.js';
import { findKind, type Kind, type Status } from '../webhook/catalogue.js';
import type { Signer } from '../webhook/digest.js';
import { type EventName, findStatus, named } from '../webhook/kinds/names.js';
import { parseOverride } from '../webhook/overrides/parse-override.js';
import type { RenderContext } from '../webhook/rendering/hole.js';
import { createIdSpace, type IdSpace, idSource } from '../webhook/rendering/id-source.js';
import { compileTemplate, type EventTemplate } from '../webhook/rendering/template.js';
import { DIGEST_HEADER } from '../webhook/scheme.js';
import type { LocatedEvent } from './event-index.js';
import type { Batch, Plan } from './plan.js';
import type { EventLabel } from './records.js';

/** Makes the requests of a plan. Every attempt of an event gets the same bytes. */
export interface Composer {
  compose(located: LocatedEvent): OutgoingRequest;
  label(located: LocatedEvent): EventLabel;
}

export interface ComposerOptions {
  /** Sent with every request, beside the digest. */
  readonly headers: readonly Header[];
  /** Without one the requests go unsigned, as Inqud's do when no secret is set. */
  readonly signer: Signer | undefined;
}

/** The sample events by event name. */
export type Samples = ReadonlyMap<string, string>;

/** What one event of a batch needs: its template, and when the events of its life happen. */
interface Line {
  readonly template: EventTemplate;
  readonly render: ReturnType<EventTemplate['renderDuring']>;
  readonly eventTimeMs: RenderContext['eventTimeMs'];
}

const MINUTE_MS = 60_000;
/** Resources are numbered within their batch, so that adding one to another batch shifts no id. */
const RESOURCES_OF_A_BATCH = 2 ** 32;

/**
 * Prepares every event of the plan.
 * @throws HookError `bad-event` for an event the catalogue does not have, `bad-override`
 */
export function createComposer(plan: Plan, samples: Samples, options: ComposerOptions): Composer {
  const { headers, signer } = options;
  const space = createIdSpace(plan.seed, plan.salt);
  const lines = plan.batches.map((batch) => linesOf(batch, plan, samples));
  const lineOf = ({ batchNumber, eventNumber }: LocatedEvent): Line => {
    const line = lines[batchNumber]?.[eventNumber];
    if (line === undefined) throw new RangeError('the event is not of this plan');
    return line;
  };
  return {
    compose: (located) => {
      const body = lineOf(located).render(idsOf(space, located));
      if (signer === undefined) return { headers, body };
      return { headers: [...headers, [DIGEST_HEADER, signer(body)]], body };
    },
    label: (located) => {
      const { template, eventTimeMs } = lineOf(located);
      const resource = template.id({ ids: idsOf(space, located), eventTimeMs });
      return { event: template.name.text, resource };
    },
  };
}

/** The events a plan needs samples of. */
export function eventsOfPlan(plan: Plan): readonly EventName[] {
  return plan.batches.flatMap(({ kind, events }) =>
    events.map(({ status }) => eventName(kind, status)),
  );
}

function idsOf(space: IdSpace, { batchNumber, resource }: LocatedEvent) {
  const key = batchNumber * RESOURCES_OF_A_BATCH + resource;
  return idSource(space, key, key);
}

function linesOf(batch: Batch, plan: Plan, samples: Samples): readonly Line[] {
  const overrides = batch.set.map(parseOverride);
  const names = batch.events.map(({ status }) => eventName(batch.kind, status));
  const lifeEnd = endOfLife(names);
  return names.map((name) => {
    const end = lifeEnd.path.includes(name.status.status) ? lifeEnd : name.status;
    const times = eventTimes(batch, name.kind, end).map((ms) => ms + plan.epochMs);
    const template = compileTemplate(name, samples.get(name.text) ?? '', { overrides, end });
    const eventTimeMs = (index: number) => times[index] ?? plan.epochMs;
    return { template, render: template.renderDuring(eventTimeMs), eventTimeMs };
  });
}

/** The last final status, or the last one. */
function endOfLife(names: readonly EventName[]): Status {
  const last = names.findLast(({ status }) => status.class === 'final') ?? names.at(-1);
  if (last === undefined) throw new RangeError('a batch without events');
  return last.status;
}

/** When each step on the way to the end happens, in plan milliseconds: strictly one after the other. */
function eventTimes(batch: Batch, kind: Kind, end: Status): readonly number[] {
  const planned = end.path.map((status) => plannedMs(batch, kind, status));
  const first = planned.findIndex((ms) => ms !== undefined);
  const times: number[] = [];
  for (const [index, ms] of planned.entries()) {
    const previousMs = times.at(-1);
    const guessMs =
      previousMs === undefined ? (planned[first] ?? 0) - (first - index) * MINUTE_MS : previousMs;
    const earliestMs = previousMs === undefined ? Number.NEGATIVE_INFINITY : previousMs + 1;
    times.push(Math.max(ms ?? guessMs, earliestMs));
  }
  return times;
}

function plannedMs(batch: Batch, kind: Kind, status: string): number | undefined {
  return batch.events.find((event) => findStatus(kind, event.status)?.status === status)?.dueMs;
}

function eventName(kindName: string, statusName: string): EventName {
  const kind = findKind(kindName);
  const status = kind && findStatus(kind, statusName);
  if (kind === undefined || status === undefined) {
    throw new RangeError(`there is no event ${kindName}.${statusName}`);
  }
  return named(kind, status);
}
