import { HookError } from '../errors.js';
import type { Header } from '../ports.js';
import { DIGEST_HEADER, INQUD_ADDRESS } from '../webhook/scheme.js';
import { requireSendable } from '../webhook/sendable-header.js';
import type { TargetFlags } from './options.js';

/** The headers a run sends beside the digest: the tool's own, then the user's, which replace them. */
export function requestHeaders(flags: TargetFlags, version: string): readonly Header[] {
  const own: readonly Header[] = [
    ['Content-Type', 'application/json'],
    ['User-Agent', `inqud-hook/${version}`],
    ...(flags.forwardedFor === true ? [forwardedFor()] : []),
  ];
  const extra = (flags.header ?? []).map(parseHeader);
  const replaced = new Set(extra.map(([name]) => name.toLowerCase()));
  return [...own.filter(([name]) => !replaced.has(name.toLowerCase())), ...extra];
}

/** The headers a user adds to requests that have their own. */
export function userHeaders({
  header = [],
  forwardedFor: isForwarded,
}: TargetFlags): readonly Header[] {
  return [...(isForwarded === true ? [forwardedFor()] : []), ...header.map(parseHeader)];
}

function forwardedFor(): Header {
  return ['X-Forwarded-For', INQUD_ADDRESS];
}

/** Splits at the first colon. @throws HookError `bad-header` */
export function parseHeader(text: string): Header {
  const colon = text.indexOf(':');
  if (colon <= 0) {
    throw new HookError('bad-header', `\`${text}\` is no header.`, "Write -H 'Name: value'.");
  }
  const header = [text.slice(0, colon).trim(), text.slice(colon + 1).trim()] as const;
  requireSendable(header);
  return header;
}

/**
 * A digest of the user's own beside ours would be a second one, by accident.
 * @throws HookError `bad-header`
 */
export function refuseSecondDigest(headers: readonly Header[]): void {
  if (!headers.some(isDigest)) return;
  throw new HookError(
    'bad-header',
    `${DIGEST_HEADER} is written by the signer, and -H would add another one.`,
    'Add --unsigned to send yours alone, or use --tamper twice.',
  );
}

/** A capture has a digest of its own. @throws HookError `bad-header` */
export function refuseOtherDigest(headers: readonly Header[]): void {
  if (!headers.some(isDigest)) return;
  throw new HookError(
    'bad-header',
    `${DIGEST_HEADER} is replayed as it was captured, and -H would replace it.`,
    'Use --resign to sign anew; `inqud-hook send --tamper` sends wrong digests.',
  );
}

function isDigest([name]: Header): boolean {
  return name.toLowerCase() === DIGEST_HEADER.toLowerCase();
}
