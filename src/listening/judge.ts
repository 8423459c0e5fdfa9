import type { CaptureRecord } from '../capture/record.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { judgeDigests } from '../verification/judge-entry.js';
import { createDigestCheck } from '../webhook/check-digest.js';
import { DIGEST_HEADER } from '../webhook/scheme.js';
import type { Secret } from '../webhook/secret.js';
import { headerValues } from '../webhook/verdict.js';
import type { Judgement } from './listener.js';

const UNCHECKED: Judgement = { verdict: 'unchecked' };
/** Why a digest is wrong is for `verify` to find out, when nobody waits for an answer. */
const NOT_SEARCHED: Diagnosis = { cause: undefined, suspicion: undefined, cut: false, tried: 0 };
const NO_NEIGHBOURS = () => [];

/** Says what the digest of a request is worth, if there is a secret to tell by. */
export function createJudge(secrets: readonly Secret[]): (record: CaptureRecord) => Judgement {
  if (secrets.length === 0) return () => UNCHECKED;
  const judges = { check: createDigestCheck(secrets), diagnose: () => NOT_SEARCHED };
  return ({ headers, body }) => {
    const evidence = { body, headers, neighbours: NO_NEIGHBOURS };
    const { verdict, reason } = judgeDigests(
      headerValues(headers, DIGEST_HEADER),
      evidence,
      judges,
    );
    return { verdict: verdict === 'malformed' ? 'rejected' : verdict, reason };
  };
}
