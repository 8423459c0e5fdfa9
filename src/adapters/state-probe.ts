import { sizeText } from '../capture/size-text.js';
import { HookError } from '../errors.js';
import type { Header, ProbeSubject, StateProbe, UnreadState } from '../ports.js';
import { StateReader } from './http/state-reader.js';
import { whyUnread } from './http/why-unread.js';
import { resolveTarget } from './resolve-target.js';
import { parseTarget } from './target.js';

export interface UrlProbeOptions {
  readonly allowRemote: boolean;
  readonly insecure: boolean;
  /** Of one answer; 1 MiB by default. */
  readonly maxBytes?: number | undefined;
  /** Sent with each request. */
  readonly headers?: readonly Header[] | undefined;
  /** From the start of connecting to the end of the answer; 10 s by default. */
  readonly timeoutMs?: number | undefined;
}

const NAMES_A_RESOURCE = /\{(?:id|clientOrderId|referenceId)\}/;
const MOST_BYTES = 1024 * 1024;
const LIMIT_MS = 10_000;

/**
 * Reads states with GET; `{id}`, `{clientOrderId}` and `{kind}` in the URL stand for the resource's.
 * @throws HookError `bad-url`, `remote-target`
 */
export async function openUrlProbe(
  template: string,
  options: UrlProbeOptions,
): Promise<StateProbe> {
  const { allowRemote, insecure, maxBytes = MOST_BYTES, timeoutMs = LIMIT_MS } = options;
  const { headers = [] } = options;
  refuseUnknownPlaces(template);
  const target = await resolveTarget(parseTarget(template), { allowRemote });
  const reader = new StateReader(target, { maxBytes, timeoutMs }, { insecure, headers });
  let hasAnswered = false;
  return {
    isShared: !NAMES_A_RESOURCE.test(template),
    read: async (subject, signal) => {
      const path = filled(target.path, subject);
      const result = await reader.get(path, signal);
      if (result.kind === 'answered') {
        hasAnswered = true;
        const url = `${target.origin}${path}`;
        return { status: result.status, text: result.body.toString(), url };
      }
      if (result.kind === 'too-large') throw tooLarge(`${target.origin}${path}`, maxBytes);
      const unread = whyUnread(result, { target, timeoutMs, spokeHttp: hasAnswered });
      if (hasAnswered || unread.kind === 'cancelled') return { text: '', unread };
      throw unreadable(`${target.origin}${path}`, unread);
    },
    close: () => {
      reader.close();
      return Promise.resolve();
    },
  };
}

const PLACES = ['{clientOrderId}', '{id}', '{referenceId}', '{kind}'];

/** A misspelled place would be asked for as it stands, and found nowhere. */
function refuseUnknownPlaces(template: string): void {
  const unknown = [...template.matchAll(/\{[^{}]*\}/g)].find(([place]) => !PLACES.includes(place));
  if (unknown === undefined) return;
  throw new HookError(
    'bad-url',
    `--state-url has no ${unknown[0]} to fill in.`,
    `Write one of ${PLACES.join(', ')}.`,
  );
}

function unreadable(url: string, { reason }: UnreadState): HookError {
  return new HookError(
    'unreadable-state',
    `The state cannot be read from ${url}. ${reason}`,
    'Check --state-url: it has to answer a GET with the state of one resource.',
  );
}

/** A state that is cut off says something else than it says: nothing is judged by it. */
function tooLarge(url: string, maxBytes: number): HookError {
  return new HookError(
    'unreadable-state',
    `The state at ${url} is larger than ${sizeText(maxBytes)}, which is all that is read of it.`,
    'Let --state-url name one resource, or raise --state-limit.',
  );
}

function filled(path: string, { id, clientOrderId, kind }: ProbeSubject): string {
  return path
    .replaceAll('{id}', encodeURIComponent(id))
    .replaceAll('{clientOrderId}', encodeURIComponent(clientOrderId))
    .replaceAll('{referenceId}', encodeURIComponent(clientOrderId))
    .replaceAll('{kind}', encodeURIComponent(kind));
}
