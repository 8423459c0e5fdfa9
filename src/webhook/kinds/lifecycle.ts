// The room of kinds: how web hooks are named, told apart, and follow each other.
import { HookError } from '../../errors.js';
import { CATALOGUE, findKind, type Kind, type Status } from '../catalogue.js';
import { type EventName, findStatus, named, spelled } from './names.js';
import { nearest } from './nearest.js';

/** The events of one resource's life, in the order in which they happen. */
export interface Lifecycle {
  readonly kind: Kind;
  /** The status it ends in. */
  readonly end: Status;
  readonly events: readonly EventName[];
}

/**
 * Reads `checkout`, which ends in success, or `checkout:expired`, which ends in that status.
 * Case does not matter, and `_` is as good as `-`.
 * @throws HookError `bad-event`, suggesting the nearest kind or status
 */
export function parseLifecycle(text: string): Lifecycle {
  const [kindText = '', endText, ...rest] = spelled(text).split(':');
  const kind = findKind(kindText);
  if (kind === undefined) throw unknownKind(text, kindText);
  const end = endText === undefined ? defaultEnd(kind) : findStatus(kind, endText);
  if (end === undefined || rest.length > 0) throw unknownEnd(text, kind, endText);
  return { kind, end, events: end.path.map((status) => named(kind, wireStatus(kind, status))) };
}

function defaultEnd(kind: Kind): Status {
  return wireStatus(kind, kind.defaultEnd);
}

function wireStatus(kind: Kind, wanted: string): Status {
  const found = kind.statuses.find(({ status }) => status === wanted);
  if (found === undefined) throw new Error(`catalogue.json: ${kind.kind} has no status ${wanted}.`);
  return found;
}

function unknownKind(text: string, kindText: string): HookError {
  const kinds = CATALOGUE.kinds.map(({ kind }) => kind);
  return unknown(text, nearest(kindText, kinds), kinds);
}

function unknownEnd(text: string, kind: Kind, endText = ''): HookError {
  const names = kind.statuses.map(({ name }) => name);
  const suggestion = nearest(endText, names);
  const ends = names.map((name) => `${kind.kind}:${name}`);
  return unknown(text, suggestion && `${kind.kind}:${suggestion}`, ends);
}

function unknown(
  text: string,
  suggestion: string | undefined,
  known: readonly string[],
): HookError {
  const hint =
    suggestion === undefined ? `Choose one of ${known.join(', ')}.` : `Did you mean ${suggestion}?`;
  return new HookError('bad-event', `There is no lifecycle "${text}".`, hint);
}
