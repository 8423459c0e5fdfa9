import { HookError } from '../errors.js';
import type { Header } from '../ports.js';
import { isHeaderName, requireSendable } from '../webhook/sendable-header.js';

/**
 * Reads headers for the server of the state. Their values are secrets: no error repeats one.
 * @throws HookError `bad-header`
 */
export function stateHeaders(texts: readonly string[] = []): readonly Header[] {
  return texts.map((text) => stateHeader(text));
}

/** @throws HookError `bad-header` */
export function stateHeader(text: string, flag = '--state-header'): Header {
  const colon = text.indexOf(':');
  const header = [text.slice(0, Math.max(colon, 0)).trim(), text.slice(colon + 1).trim()] as const;
  if (!isHeaderName(header[0]) || header[1] === '') throw noHeader(flag);
  requireSendable(header);
  return header;
}

/** The value, and the parts of it that could be shown alone: without its scheme, or of a cookie. */
export function confidentialIn([name, value]: Header): readonly string[] {
  const parts = /^cookie$/i.test(name)
    ? value.split(/;\s*/).map((cookie) => cookie.replace(/^[^=]*=/, ''))
    : [value.replace(/^[A-Za-z][\w-]*\s+/, '')];
  return [value, ...parts].filter((text) => text !== '');
}

function noHeader(flag: string): HookError {
  return new HookError(
    'bad-header',
    `What ${flag} says is no header.`,
    flag === '--state-header'
      ? "Write --state-header 'Authorization: Bearer …'."
      : `Write ${flag} 'Authorization: VARIABLE', with the name of an environment variable.`,
  );
}
