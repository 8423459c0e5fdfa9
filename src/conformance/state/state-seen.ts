import type { ProbeReading } from '../../ports.js';
import { shortened } from '../refusal.js';

/** What was answered when a state that tells nothing was asked for. */
export interface StateSeen {
  /** The kind of the resource. */
  readonly kind: string;
  /** The URL as it was asked; undefined of a command. */
  readonly url: string | undefined;
  readonly status: number | undefined;
  /** The start of the answer, in one line. */
  readonly text: string;
  readonly looksLike: 'not-found' | 'refused' | 'failure' | 'page' | 'nothing' | 'state';
}

/** Describes a reading that told nothing. */
export function stateSeen(kind: string, { url, status, text, unread }: ProbeReading): StateSeen {
  if (unread !== undefined) {
    return { kind, url, status, text: unread.reason, looksLike: 'failure' };
  }
  return { kind, url, status, text: shortened(text), looksLike: looksLike(status, text) };
}

/** What was asked, what came, and what that suggests. */
export function stateSeenText({ url, status, text, looksLike: look }: StateSeen): string {
  const asked = url === undefined ? 'The state command' : `GET ${url}`;
  const came = `${status === undefined ? 'said' : `answered ${status}`}${text === '' ? (status === undefined ? ' nothing' : ', with nothing in it') : `: ${text}`}`;
  return `${asked} ${came} ${SUGGESTIONS[look](url === undefined ? '--state-command' : '--state-url')}`.trim();
}

const SUGGESTIONS: Readonly<Record<StateSeen['looksLike'], (flag: string) => string>> = {
  'not-found': (flag) =>
    `(Check the path of ${flag}, and by which id it finds a resource: {clientOrderId}, {id} or {kind}.)`,
  refused: (flag) => `(${flag} has to be readable without more authorisation.)`,
  failure: (flag) => `(${flag} fails: look into the log of the receiver.)`,
  page: (flag) => `(That is a page of HTML: ${flag} had better answer JSON.)`,
  nothing: (flag) => `(${flag} has to say the status of a resource, or the amount it was paid.)`,
  state: (flag) => `(${flag} has to show what a web hook changes: the status, or the amount.)`,
};

const PAGE = /^\s*<(!doctype html|html|head|body)\b/i;

function looksLike(status: number | undefined, text: string): StateSeen['looksLike'] {
  if (status === 404 || status === 410) return 'not-found';
  if (status === 401 || status === 403) return 'refused';
  if (status !== undefined && (status < 200 || status > 299)) return 'failure';
  if (PAGE.test(text)) return 'page';
  return /^(\{\s*\}|\[\s*\]|null|"")?$/.test(text.trim()) ? 'nothing' : 'state';
}
