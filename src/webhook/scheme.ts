// The room of what Inqud sends: each fact of its scheme once, digests, secrets, kinds and their
// bodies.
import type { Outcome } from '../ports.js';

/*
 * What Inqud says of its web hooks, each fact once. Pages are those of docs.inqud.com; Inqud also
 * publishes an OpenAPI file, which this does not rest on.
 */

/** The header of the digest (/developer/web-hooks/web-hook-verification). */
export const DIGEST_HEADER = 'X-Payload-Digest';

/** The digest is HMAC with this hash over the exact bytes of the body (the same page). */
export const DIGEST_HASH = 'sha1';

/** How the digest is written: in lower case, and with nothing before it (the same page). */
export const DIGEST_ENCODING = 'hex';

/** Bytes of such a digest: SHA-1 has 160 bits. */
export const DIGEST_BYTES = 20;

/** The one status that is taken for delivered; any other is retried (/developer/web-hooks). */
export const DELIVERED_STATUS = 200;

/** True of the one answer after which nothing is sent again. */
export function isDelivered(outcome: Outcome): boolean {
  return outcome.kind === 'responded' && outcome.status === DELIVERED_STATUS;
}

/** Time a receiver has to answer, then it is retried (/developer/web-hooks). */
export const INQUD_TIMEOUT_MS = 10_000;

/** Retries after the first attempt, at most (/developer/web-hooks). */
export const INQUD_RETRIES = 10;

/**
 * Waits between attempts, in minutes. The docs of today say "a few minutes", growing exponentially,
 * and give no numbers; these are from those that Inqud retired (alexinqud/inqud-api, callback.md).
 */
export const PUBLISHED_WAITS_MIN = [1, 2, 5, 15, 30, 60, 120, 360, 720, 1440] as const;

/** The one address web hooks come from (/developer/web-hooks). */
export const INQUD_ADDRESS = '3.64.51.60';
