import { HookError } from '../errors.js';
import type { Header } from '../ports.js';

/** What the transport writes itself, and what would change how the request is framed. */
const RESERVED = [
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
];
/** RFC 9110, sections 5.1 and 5.5; a character is a byte. */
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Holds for every header that `Transport.send` can write as it stands.
 * @throws HookError `bad-header`
 */
export function requireSendable([name, value]: Header): void {
  if (!NAME.test(name)) throw badHeader(`${JSON.stringify(name)} is no header name.`);
  if (RESERVED.includes(name.toLowerCase())) {
    throw badHeader(
      `${name} belongs to the connection and is written by the tool.`,
      `Drop ${name}.`,
    );
  }
  if (!VALUE.test(value)) throw badHeader(`The value of ${name} holds what a header cannot carry.`);
}

function badHeader(message: string, hint = "Type a header as 'Name: value'."): HookError {
  return new HookError('bad-header', message, hint);
}
