import { HookError } from '../../errors.js';
import { CATALOGUE, findKind, type Kind, type Status } from '../catalogue.js';
import { nearest } from './nearest.js';

const LIST_HINT = 'List them with: inqud-hook events';

/** An event that exists: one status of one kind. Its text is its name, e.g. `checkout.request-created`. */
export interface EventName {
  readonly text: string;
  readonly kind: Kind;
  readonly status: Status;
}

/** Every event of the catalogue, in its order. */
export function eventNames(): readonly EventName[] {
  return CATALOGUE.kinds.flatMap((kind) => kind.statuses.map((status) => named(kind, status)));
}

/**
 * Reads `checkout.success`. Case does not matter, and `_` is as good as `-`, so
 * `checkout.REQUEST_CREATED` works too.
 * @throws HookError `bad-event`, suggesting the nearest event
 */
export function parseEventName(text: string): EventName {
  const [kindText = '', ...rest] = spelled(text).split('.');
  const statusText = rest.join('.');
  const kind = findKind(kindText);
  if (kind === undefined) throw unknownKind(text);
  const status = findStatus(kind, statusText);
  if (status === undefined) throw unknownStatus(text, kind, statusText);
  return named(kind, status);
}

/** The event of a kind's status. */
export function named(kind: Kind, status: Status): EventName {
  return { text: `${kind.kind}.${status.name}`, kind, status };
}

/** The status of that name, given as `request-created`. */
export function findStatus(kind: Kind, name: string): Status | undefined {
  return kind.statuses.find((status) => status.name === name);
}

/** A name as the catalogue spells it. */
export function spelled(text: string): string {
  return text.trim().toLowerCase().replaceAll('_', '-');
}

function unknownKind(text: string): HookError {
  const names = eventNames().map((name) => name.text);
  return unknownEvent(text, nearest(spelled(text), names), LIST_HINT);
}

function unknownStatus(text: string, kind: Kind, statusText: string): HookError {
  const names = kind.statuses.map(({ name }) => name);
  const suggestion = nearest(statusText, names);
  const all = names.map((name) => `${kind.kind}.${name}`).join(', ');
  return unknownEvent(text, suggestion && `${kind.kind}.${suggestion}`, `Choose one of ${all}.`);
}

function unknownEvent(text: string, suggestion: string | undefined, otherwise: string): HookError {
  const hint = suggestion === undefined ? otherwise : `Did you mean ${suggestion}? ${LIST_HINT}`;
  return new HookError('bad-event', `There is no event "${text}".`, hint);
}
