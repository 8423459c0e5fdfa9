import type { CaptureRecord } from '../../capture/record.js';
import type { DigestCheck } from '../../webhook/digest-check.js';
import { DIGEST_HEADER } from '../../webhook/scheme.js';
import { headerValues } from '../../webhook/verdict.js';

export const CAPTURE_VERDICTS = ['genuine', 'rejected', 'unsigned'] as const;

export type CaptureVerdict = (typeof CAPTURE_VERDICTS)[number];

/** What `verify` says of a capture: digests that differ from each other reject it. */
export function verdictOf({ headers, body }: CaptureRecord, check: DigestCheck): CaptureVerdict {
  const [digest, ...more] = new Set(headerValues(headers, DIGEST_HEADER));
  if (digest === undefined) return 'unsigned';
  if (more.length > 0) return 'rejected';
  return check(body, digest).kind;
}
