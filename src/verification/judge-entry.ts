import type {
  CaptureEntry,
  CapturePlace,
  CaptureRecord,
  Doubt,
  FoundCapture,
} from '../capture/record.js';
import type { Diagnoser } from '../diagnosis/diagnose.js';
import type { DiagnosisInput, Neighbour } from '../diagnosis/diagnosis.js';
import { conflictingHeaders } from '../diagnosis/digest/conflicting-headers.js';
import type { Header } from '../ports.js';
import type { DigestCheck } from '../webhook/digest-check.js';
import { DIGEST_HEADER } from '../webhook/scheme.js';
import { headerValues } from '../webhook/verdict.js';
import type { VerifyReason } from './reason.js';
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
  if (entry.kind === 'malformed') return malformedRecord(entry.at, entry.reason, entry.hint);
  const { record, note, isGuessed, isBare, doubt } = entry;
  const digests = headerValues(record.headers, DIGEST_HEADER);
  const body = fittingBody(entry, digests, judges);
  const judged = judgeDigests(digests, { body, headers: record.headers, neighbours }, judges);
  if (isBare && judged.verdict === 'unsigned') return malformedRecord(entry.at, { code: 'bare' });
  if (isInDoubt(doubt, judged, digests)) {
    return malformedRecord(entry.at, doubt.reason, doubt.hint);
  }
  const result = placed(entry.at, { bodyBytes: body.length, receivedAt: record.at, note }, judged);
  return isGuessed ? { ...result, guessed: true } : result;
}

/** Where several texts may be the body, the one that the digest is of; else the likeliest. */
function fittingBody(
  { record, doubt }: FoundCapture,
  [digest]: readonly string[],
  { check }: Judges,
): Uint8Array {
  if (doubt?.others === undefined || digest === undefined) return record.body;
  const fits = (body: Uint8Array) => check(body, digest).kind === 'genuine';
  return [record.body, ...doubt.others].find(fits) ?? record.body;
}

/** True where a mismatch shows nothing, for the bytes may be others than those that came. */
export function isInDoubt(
  doubt: Doubt | undefined,
  { verdict, cause }: Judged,
  digests: readonly string[],
): doubt is Doubt {
  const isUnexplained = verdict === 'rejected' && cause === null;
  return doubt !== undefined && isUnexplained && digests.every(isOpen);
}

/** A digest of another form fits no bytes at all, and one that was redacted is not known. */
function isOpen(digest: string): boolean {
  return /^(?:[0-9a-f]{40}|\[redacted\])$/i.test(digest);
}

/** What a verdict on one body can be based on. */
export interface EntryEvidence {
  readonly body: Uint8Array;
  readonly headers: readonly Header[];
  readonly neighbours: Neighbours;
}

export type Judged = Omit<VerifyRecord, 'kind' | 'at' | 'bodyBytes' | 'receivedAt' | 'note'>;

/** Says what a body with these values of the digest header is. */
export function judgeDigests(
  values: readonly string[],
  evidence: EntryEvidence,
  { check, diagnose }: Judges,
): Judged {
  const digests = [...new Set(values)];
  const [digest, ...more] = digests;
  if (digest === undefined) return { verdict: 'unsigned' };
  if (more.length > 0) return conflicting(digests.length);
  const verdict = check(evidence.body, digest);
  if (verdict.kind === 'genuine') return { verdict: 'genuine', secret: verdict.secret };
  if (verdict.kind === 'unsigned') return { verdict: 'unsigned' };
  const found = diagnose(lazyInput(digest, evidence));
  return {
    verdict: 'rejected',
    reason: verdict.reason,
    cause: found.cause ?? null,
    ...(found.suspicion === undefined ? {} : { suspicion: found.suspicion }),
    ...(found.cut && found.cause === undefined ? { searchCut: true as const } : {}),
    ...(found.cutBy === undefined ? {} : { searchCutBy: found.cutBy }),
  };
}

/** What explained the entry before explains most: then neither headers nor neighbours are looked at. */
function lazyInput(digest: string, evidence: EntryEvidence): DiagnosisInput {
  return {
    body: evidence.body,
    digest,
    get headers() {
      return evidence.headers;
    },
    get neighbours() {
      return evidence.neighbours();
    },
  };
}

export function malformedRecord(
  at: CapturePlace,
  reason: VerifyReason,
  hint?: string,
): VerifyRecord {
  const record = { kind: 'entry', at, verdict: 'malformed', bodyBytes: 0, reason } as const;
  return hint === undefined ? record : { ...record, hint };
}

/** What is so of an entry, whatever its verdict. */
export interface EntryFacts {
  readonly bodyBytes: number;
  readonly receivedAt: string | undefined;
  readonly note?: string | undefined;
}

export function placed(
  at: CapturePlace,
  { bodyBytes, receivedAt, note }: EntryFacts,
  judged: Judged,
): VerifyRecord {
  return {
    kind: 'entry',
    at,
    bodyBytes,
    ...(receivedAt === undefined ? {} : { receivedAt }),
    ...judged,
    ...(note === undefined ? {} : { note }),
  };
}

/** An entry as its neighbours see it. */
export function neighbourOf(position: Neighbour['position'], record: CaptureRecord): Neighbour {
  const [digest] = headerValues(record.headers, DIGEST_HEADER);
  return { position, body: record.body, digest };
}

/** Even when one of them fits: a receiver that picks the other one is fooled. */
function conflicting(values: number): Judged {
  const reason = { code: 'conflicting', header: DIGEST_HEADER, values } as const;
  return { verdict: 'rejected', reason, cause: conflictingHeaders };
}
