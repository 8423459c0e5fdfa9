import type { CaptureEntry, CaptureRecord } from '../capture/record.js';
import type { DigestCheck } from '../webhook/check-digest.js';
import { DIGEST_HEADER } from '../webhook/digest.js';
import { headerValues } from '../webhook/verdict.js';
import type { Cause, VerifyRecord } from './records.js';

/** What the search for a cause came back with. */
export interface Found {
  readonly cause: Cause | undefined;
  readonly suspicion: Cause | undefined;
  readonly cut: boolean;
}

/** Looks for the mistake behind a digest that does not match. */
export type CauseSearch = (record: CaptureRecord, digest: string) => Found;

/** Says what one entry of a capture file is. */
export function judgeEntry(
  entry: CaptureEntry,
  check: DigestCheck,
  search: CauseSearch,
): VerifyRecord {
  if (entry.kind === 'malformed') {
    return {
      kind: 'entry',
      at: entry.at,
      verdict: 'malformed',
      bodyBytes: 0,
      reason: entry.reason,
    };
  }
  const { record, note } = entry;
  const judged = judgeRecord(record, check, search);
  const place = { kind: 'entry', at: entry.at, bodyBytes: record.body.length } as const;
  return { ...place, ...judged, ...(note === undefined ? {} : { note }) };
}

type Judged = Omit<VerifyRecord, 'kind' | 'at' | 'bodyBytes'>;

function judgeRecord(record: CaptureRecord, check: DigestCheck, search: CauseSearch): Judged {
  const digests = [...new Set(headerValues(record.headers, DIGEST_HEADER))];
  const [digest, ...more] = digests;
  if (digest === undefined) return { verdict: 'unsigned' };
  if (more.length > 0) return conflicting(digests.length);
  const verdict = check(record.body, digest);
  if (verdict.kind === 'genuine') return { verdict: 'genuine', secret: verdict.secret };
  if (verdict.kind === 'unsigned') return { verdict: 'unsigned' };
  const { cause, suspicion, cut } = search(record, digest);
  return {
    verdict: 'rejected',
    reason: verdict.reason,
    cause: cause ?? null,
    ...(suspicion === undefined ? {} : { suspicion }),
    ...(cut ? { searchCut: true as const } : {}),
  };
}

/** Even when one of them fits: a receiver that picks the other one is fooled. */
function conflicting(values: number): Judged {
  return {
    verdict: 'rejected',
    reason: `${values} ${DIGEST_HEADER} headers with different values came with it.`,
    cause: {
      id: 'digest/conflicting-headers',
      explanation: 'Inqud sends the header once; a second, different one was added on the way.',
      fix: 'Find who adds it; a receiver refuses such a web hook.',
    },
  };
}
