// The room of bodies: samples become the bytes of one resource.
import { CATALOGUE, type Status } from '../catalogue.js';
import type { EventName } from '../kinds/names.js';
import { applyOverride } from '../overrides/apply-override.js';
import { type Override, parseOverride } from '../overrides/parse-override.js';
import { type BodyNode, jsonParts, type Part, readBody } from './body-tree.js';
import {
  fill,
  fillId,
  fillTime,
  type Hole,
  type IdHole,
  isTimeHole,
  type RenderContext,
  type TimeHole,
} from './hole.js';
import type { IdSource } from './id-source.js';
import { punchFor } from './punch.js';

/** A sample event, prepared so that each resource's event is a matter of filling holes. */
export interface EventTemplate {
  readonly name: EventName;
  /** The event's own number on the usual path of its kind: what `eventTimeMs` is asked for. */
  readonly index: number;
  /** The exact bytes Inqud would send: compact UTF-8 JSON, no trailing newline. */
  render(context: RenderContext): Uint8Array;
  /** The same for many resources whose lives pass at the same times, which are written once. */
  renderDuring(eventTimeMs: RenderContext['eventTimeMs']): (ids: IdSource) => Uint8Array;
  /** The id of the resource, as `render` writes it at the top of the body. */
  id(context: RenderContext): string;
  /** The merchant's reference at the top of the body, if there is one. */
  reference(context: RenderContext): string | undefined;
}

export interface TemplateOptions {
  /** Applied in order. What they set is sent as it is: nothing in it is made fresh. */
  readonly overrides?: readonly Override[];
  /** The status in which the resource's life ends; the event's own if not given. */
  readonly end?: Status;
}

interface PlacedHole<Of extends Hole = Hole> {
  /** In bytes from the start. */
  readonly at: number;
  readonly hole: Of;
}

const REFERENCE_FIELDS = CATALOGUE.referenceFields.map(({ field }) => field);

/**
 * Prepares a sample event. The sample is one of ours: it is JSON whose keys are all different.
 * @throws HookError `bad-override` when an override does not fit the body
 */
export function compileTemplate(
  name: EventName,
  sample: string,
  { overrides = [], end = name.status }: TemplateOptions = {},
): EventTemplate {
  const life = { index: end.path.length - 1, expires: end.expires };
  const body = [...earlierOverrides(name, end), ...overrides].reduce(
    applyOverride,
    readBody(sample, punchFor(name.kind, life)),
  );
  const id = topText(body, [name.kind.idField]) ?? (() => '');
  return {
    name,
    index: name.status.path.length - 1,
    render: filler(jsonParts(body)),
    renderDuring: fillerDuring(jsonParts(body)),
    id,
    reference: topText(body, REFERENCE_FIELDS) ?? (() => undefined),
  };
}

function earlierOverrides({ status }: EventName, end: Status): readonly Override[] {
  const difference = end.earlier.find((earlier) => earlier.status === status.status);
  return (difference?.set ?? []).map(parseOverride);
}

/** The first of these members of the body that is not null: a string as it is, all else as JSON. */
function topText(
  body: BodyNode,
  fields: readonly string[],
): ((context: RenderContext) => string) | undefined {
  if (body.kind !== 'object') return undefined;
  const found = fields
    .map((field) => body.members.get(field))
    .find((node) => node !== undefined && !(node.kind === 'bare' && node.json === 'null'));
  if (found === undefined) return undefined;
  const fillIn = filler(found.kind === 'text' ? found.parts : jsonParts(found));
  return (context) => fillIn(context).toString();
}

/** Copies the sample's bytes and writes over the holes: no text is built, so it is fast. */
function filler(parts: readonly Part[]): (context: RenderContext) => Buffer {
  const sample = sampleOf(parts);
  const holes = placed(parts);
  return (context) => {
    const bytes = Buffer.from(sample);
    for (const { at, hole } of holes) fill(bytes, at, hole, context);
    return bytes;
  };
}

/** The same in two steps: times are written over the sample, ids over each copy of that. */
function fillerDuring(parts: readonly Part[]): EventTemplate['renderDuring'] {
  const sample = sampleOf(parts);
  const holes = placed(parts);
  const idHoles = holes.filter(isOfIds);
  return (eventTimeMs) => {
    const timed = Buffer.from(sample);
    for (const { at, hole } of holes.filter(isOfTime)) fillTime(timed, at, hole, eventTimeMs);
    return (ids) => {
      const bytes = Buffer.from(timed);
      for (const { at, hole } of idHoles) fillId(bytes, at, hole, ids);
      return bytes;
    };
  };
}

function sampleOf(parts: readonly Part[]): Buffer {
  return Buffer.from(parts.map(sampleText).join(''));
}

function isOfTime(placedHole: PlacedHole): placedHole is PlacedHole<TimeHole> {
  return isTimeHole(placedHole.hole);
}

function isOfIds(placedHole: PlacedHole): placedHole is PlacedHole<IdHole> {
  return !isTimeHole(placedHole.hole);
}

function placed(parts: readonly Part[]): readonly PlacedHole[] {
  let at = 0;
  return parts.flatMap((part) => {
    const start = at;
    at += Buffer.byteLength(sampleText(part));
    return typeof part === 'string' ? [] : [{ at: start, hole: part.hole }];
  });
}

function sampleText(part: Part): string {
  return typeof part === 'string' ? part : part.sample;
}
