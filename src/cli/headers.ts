import { HookError } from '../errors.js';
import type { Header } from '../ports.js';
import type { TargetFlags } from './options.js';

/** The one address Inqud's web hooks come from (docs.inqud.com/developer/web-hooks). */
const INQUD_ADDRESS = '3.64.51.60';
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const CONTROL = /[\r\n\0]/;
/** The transport writes these itself. */
const RESERVED = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

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
  const name = text.slice(0, Math.max(colon, 0)).trim();
  const value = text.slice(colon + 1).trim();
  if (!NAME.test(name) || CONTROL.test(value)) {
    throw new HookError('bad-header', `\`${text}\` is not a header.`, "Write -H 'name: value'.");
  }
  if (RESERVED.has(name.toLowerCase())) {
    throw new HookError(
      'bad-header',
      `${name} is written by the HTTP client, so -H cannot set it.`,
      'Leave it away.',
    );
  }
  return [name, value];
}
