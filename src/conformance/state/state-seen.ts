import type { ProbeReading, UnsuccessfulEnd } from '../../ports.js';
import { isPage, shortened } from '../shown-text.js';
import type { StateSeen } from './blind.js';

/** Describes a reading that told nothing. */
export function stateSeen(kind: string, reading: ProbeReading): StateSeen {
  const { url, status, text, unread, ended } = reading;
  const asked = { kind, url, status, exitCode: ended?.exitCode };
  if (unread !== undefined) return { ...asked, text: unread.reason, looksLike: 'failure' };
  const look = ended === undefined ? looksLike(status, text) : endLooksLike(ended);
  return { ...asked, text: shortened(text), looksLike: look };
}

function endLooksLike({ isNothingYet }: UnsuccessfulEnd): StateSeen['looksLike'] {
  return isNothingYet ? 'not-found' : 'failure';
}

function looksLike(status: number | undefined, text: string): StateSeen['looksLike'] {
  if (status === 404 || status === 410) return 'not-found';
  if (status === 401 || status === 403) return 'refused';
  if (status !== undefined && (status < 200 || status > 299)) return 'failure';
  if (isPage(text)) return 'page';
  return /^(\{\s*\}|\[\s*\]|null|"")?$/.test(text.trim()) ? 'nothing' : 'state';
}
