import type { Dispatcher } from 'undici';
import type { Header, OutgoingRequest } from '../../ports.js';

/** One POST as undici takes it. `connection` says what becomes of its connection after the answer. */
export function postOptions(
  path: string,
  { headers, body }: OutgoingRequest,
  connection: 'keep' | 'close',
): Dispatcher.DispatchOptions {
  return { method: 'POST', path, headers: flattened(headers), body, reset: connection === 'close' };
}

/** `flat()` takes five times as long. */
function flattened(headers: readonly Header[]): string[] {
  const flat: string[] = [];
  for (const [name, value] of headers) flat.push(name, value);
  return flat;
}
