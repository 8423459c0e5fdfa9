import type { IncomingMessage } from 'node:http';
import type { Header } from '../../ports.js';

/** The headers as they came: in order, case kept, a character a byte. */
export function headersOf({ rawHeaders }: IncomingMessage): readonly Header[] {
  const headers: Header[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return headers;
}
