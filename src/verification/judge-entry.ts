import type { CaptureEntry, CapturePlace, CaptureRecord } from '../capture/record.js';
import type { Diagnoser } from '../diagnosis/diagnose.js';
import type { Cause, Neighbour } from '../diagnosis/diagnosis.js';
import type { Header } from '../ports.js';
import type { DigestCheck } from '../webhook/check-digest.js';
import { DIGEST_HEADER } from '../webhook/digest.js';
import { headerValues } from '../webhook/verdict.js';
import type { VerifyRecord } from './records.js';

/** Full searches in vain before only the likely mistakes are tried: each takes some ten milliseconds. */
export const MOST_FULL_SEARCHES = 25;

/** What judging needs: the check against the secrets, and the search for a mistake. */
export interface Judges {
  readonly check: DigestCheck;
  readonly diagnose: Diagnoser;
}

/** The entries beside one, looked at only when it does not match. */
export type Neighbours = () => readonly Neighbour[];

/** Says what one entry of a capture file is. */
export function judgeEntry(
  entry: CaptureEntry,
  judges: Judges,
  neighbours: Neighbours,
): VerifyRecord {
  if (entry.kind === 'malformed') return malformedRecord(entry.at, entry.reason);
  const { record, note } = entry;
  const evidence = { body: record.body, headers: record.headers, neighbours };
  const judged = judgeDigests(headerValues(record.headers, DIGEST_HEADER), evidence, judges);
  return placed(entry.at, record.body.length, judged, note);
}

/** What a verdict on one body can be based on. */
export interface Evidence {
  readonly body: Uint8Array;
  readonly headers: readonly Header[];
  readonly neighbours: Neighbours;
}

export type Judged = Omit<VerifyRecord, 'kind' | 'at' | 'bodyBytes'>;

/** Says what a body with these values of the digest header is. */
export function judgeDigests(
  values: readonly string[],
  evidence: Evidence,
  { check, diagnose }: Judges,
): Judged {
  const digests = [...new Set(values)];
  const [digest, ...more] = digests;
  if (digest === undefined) return { verdict: 'unsigned' };
  if (more.length > 0) return conflicting(digests.length);
  const verdict = check(evidence.body, digest);
  if (verdict.kind === 'genuine') return { verdict: 'genuine', secret: verdict.secret };
  if (verdict.kind === 'unsigned') return { verdict: 'unsigned' };
  const { body, headers } = evidence;
  const found = diagnose({ body, digest, headers, neighbours: evidence.neighbours() });
  return {
    verdict: 'rejected',
    reason: verdict.reason,
    cause: found.cause ?? null,
    ...(found.suspicion === undefined ? {} : { suspicion: found.suspicion }),
    ...(found.cut && found.cause === undefined ? { searchCut: true as const } : {}),
  };
}

export function malformedRecord(at: CapturePlace, reason: string): VerifyRecord {
  return { kind: 'entry', at, verdict: 'malformed', bodyBytes: 0, reason };
}

export function placed(
  at: CapturePlace,
  bodyBytes: number,
  judged: Judged,
  note?: string,
): VerifyRecord {
  return { kind: 'entry', at, bodyBytes, ...judged, ...(note === undefined ? {} : { note }) };
}

/** An entry as its neighbours see it. */
export function neighbourOf(position: Neighbour['position'], record: CaptureRecord): Neighbour {
  const [digest] = headerValues(record.headers, DIGEST_HEADER);
  return { position, body: record.body, digest };
}

const CONFLICT: Cause = {
  id: 'digest/conflicting-headers',
  explanation: 'Inqud sends the header once; a second, different one was added on the way.',
  fix: 'Find who adds it, and let the receiver refuse such a web hook.',
};

/** Even when one of them fits: a receiver that picks the other one is fooled. */
function conflicting(values: number): Judged {
  const reason = `${values} ${DIGEST_HEADER} headers with different values came with it.`;
  return { verdict: 'rejected', reason, cause: CONFLICT };
}
