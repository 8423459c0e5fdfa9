/** The report of `verify`: what is wrong with each entry and why, then what it all comes to. */

import { MOST_PARSED_BYTES } from '../../diagnosis/limits.js';
import type { VerifyReason } from '../../verification/reason.js';
import type { LeftOverParts, VerifyRecord, VerifySummary } from '../../verification/records.js';
import { counted, grouped, some } from '../count.js';

/** Why an entry is rejected or malformed. */
export function reasonText(reason: VerifyReason): string {
  if (typeof reason === 'string') return reason;
  switch (reason.code) {
    case 'bare':
      return 'No request is read from this file, and a body alone has no digest to check.';
    case 'conflicting':
      return `${reason.values} ${reason.header} headers with different values came with it.`;
    default:
      return reason satisfies never;
  }
}

/** What to type instead, if that is known. */
export function hintText({ reason, hint }: VerifyRecord): string | undefined {
  return typeof reason === 'object' && reason.code === 'bare'
    ? 'Give the digest of the body with --digest, or name the format with --from.'
    : hint;
}

const NOT_PARSED =
  'No cause was found; a body of more than 1 MiB is searched for mistakes of the digest, the secret and its ends only.';
const CUT_BY_FILE =
  'No cause was found in a short search, as many others of this run were searched in vain: verify this one alone.';

/** Of a rejected entry without a cause. */
export function noCauseText({ searchCut, searchCutBy, bodyBytes }: VerifyRecord): string {
  if (bodyBytes > MOST_PARSED_BYTES) return NOT_PARSED;
  if (searchCutBy === 'file') return CUT_BY_FILE;
  return searchCut === true
    ? 'No cause was found before the search was cut.'
    : 'No known mistake explains it: another secret, another body, or a forgery.';
}

export function unlistedText(verdict: VerifyRecord['verdict']): string {
  return `… more ${verdict} ones are counted, not listed`;
}

export const NOTHING = 'Nothing to verify: there is no web hook in the input.';

/** The parts of a file that hold no web hook. */
export function leftOverText({ file, parts, line, entry }: LeftOverParts): string {
  const first = [file, line ?? entry].filter((part) => part !== undefined).join(':');
  const verb = parts === 1 ? 'holds' : 'hold';
  const where = parts === 1 ? first : `${file}, the first at ${first}`;
  return `${counted(parts, 'part')} of ${where} ${verb} no web hook`;
}

/** What all entries come to, in numbers. */
export function countsText(summary: VerifySummary): string {
  const { genuine, rejected, unsigned, malformed, entries } = summary;
  const counts = [
    `${grouped(genuine)} genuine`,
    ...some(rejected, 'rejected'),
    ...some(unsigned, 'unsigned'),
    ...some(malformed, 'malformed'),
  ];
  return `${counts.join(', ')} of ${grouped(entries)}.`;
}

const MEGABYTE = 1_000_000;

/** How far reading a file is, for a line that changes. */
export function readText(doneBytes: number, sizeBytes: number): string {
  return `${Math.round(doneBytes / MEGABYTE)} of ${Math.round(sizeBytes / MEGABYTE)} MB`;
}
