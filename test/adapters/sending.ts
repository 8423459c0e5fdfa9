import { resolveTarget } from '../../src/adapters/resolve-target.js';
import { parseTarget } from '../../src/adapters/target.js';
import { openTransport, type TransportOptions } from '../../src/adapters/undici-transport.js';
import type { OutgoingRequest, Transport } from '../../src/ports.js';

/** A small signed request. */
export const REQUEST: OutgoingRequest = {
  headers: [['Content-Type', 'application/json']],
  body: Buffer.from('{"id":"CCO-1"}'),
};

export async function transportTo(url: string, options?: TransportOptions): Promise<Transport> {
  return openTransport(await resolveTarget(parseTarget(url)), options);
}
