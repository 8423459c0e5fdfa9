import type { MemberOrder } from '../json/members.js';
import type { JsonSource } from '../json/source.js';
import { streamJson } from '../json/stream.js';
import { effectOf, type JsonStyle, writeJson } from '../json/write.js';
import type { Subject } from '../subject.js';
import type { BodyCandidate } from './body-mistake.js';

/** Each style with members as they stand and, where a name occurs twice, with the last one only. */
export function* rewritten(
  subject: Subject,
  styles: readonly JsonStyle[],
): Iterable<BodyCandidate> {
  if (!mayBeJson(subject)) return;
  for (const style of styles) yield written(subject, style);
  const unique = subject.uniqueJson();
  if (unique !== undefined) yield* styled(subject, styles, unique, 'unique');
}

/** In a style, with members as they stand. */
export function written(subject: Subject, style: JsonStyle): BodyCandidate {
  return {
    make: () => writeJson(subject.json(), style),
    makeBriefly: () => streamJson(subject.bytes, subject.latin1(), style),
    effect: () => effectIn(subject, subject.json(), style, 'kept'),
  };
}

/** Each style with the members put in another order. */
export function* writtenInOrder(
  subject: Subject,
  styles: readonly JsonStyle[],
  order: MemberOrder,
): Iterable<BodyCandidate> {
  const changed = subject.rearranged(order);
  if (changed === undefined) return;
  yield* styled(subject, styles, changed.json, `${order.order}, nulls ${order.nulls}`);
}

/** In each style; `members` tells apart what was done to the members before. */
function* styled(
  subject: Subject,
  styles: readonly JsonStyle[],
  json: JsonSource,
  members: string,
): Iterable<BodyCandidate> {
  for (const style of styles) {
    yield {
      make: () => writeJson(json, style),
      effect: () => effectIn(subject, json, style, members),
    };
  }
}

function effectIn(subject: Subject, json: JsonSource, style: JsonStyle, members: string): string {
  return subject.tree() === undefined ? NOT_JSON : `${members}\n${effectOf(json, style)}`;
}

/** What is not JSON is of no use after the first time. */
const NOT_JSON = 'not JSON';

/** Settled by the first character: reading it all would cost as much as writing it. */
export function mayBeJson(subject: Subject): boolean {
  return /^[ \t\r\n]*[[{]/.test(subject.latin1());
}

/** As JSON.parse and JSON.stringify leave it; undefined when it is not JSON. */
export function stringified(subject: Subject, indent: string | undefined): string | undefined {
  try {
    return JSON.stringify(JSON.parse(subject.text()), undefined, indent);
  } catch {
    return undefined;
  }
}
