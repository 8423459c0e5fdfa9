import type { ProbeReading } from '../../ports.js';
import { shortened } from '../refusal.js';
import type { StateSeen } from './blind.js';

/** Describes a reading that told nothing. */
export function stateSeen(kind: string, { url, status, text, unread }: ProbeReading): StateSeen {
  if (unread !== undefined) {
    return { kind, url, status, text: unread.reason, looksLike: 'failure' };
  }
  return { kind, url, status, text: shortened(text), looksLike: looksLike(status, text) };
}

const PAGE = /^\s*<(!doctype html|html|head|body)\b/i;

function looksLike(status: number | undefined, text: string): StateSeen['looksLike'] {
  if (status === 404 || status === 410) return 'not-found';
  if (status === 401 || status === 403) return 'refused';
  if (status !== undefined && (status < 200 || status > 299)) return 'failure';
  if (PAGE.test(text)) return 'page';
  return /^(\{\s*\}|\[\s*\]|null|"")?$/.test(text.trim()) ? 'nothing' : 'state';
}
