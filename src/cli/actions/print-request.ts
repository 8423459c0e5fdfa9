import type { Parcel } from '../../delivery/send-all.js';
import { curlCommand } from '../../report/curl.js';
import { httpMessage, type PrintableRequest, requestDocument } from '../../report/http-message.js';
import type { SendFlags } from '../commands/send.js';
import type { World } from '../world.js';

/** Prints what would be sent, request by request. Returns the exit code. */
export async function printRequests(
  url: string,
  parcels: Iterable<Parcel<unknown>>,
  flags: SendFlags,
  world: World,
): Promise<number> {
  const target = await world.parseTarget(url);
  for (const { request } of parcels) {
    await world.stdout.write(render({ ...request, target }, flags));
  }
  return 0;
}

function render(request: PrintableRequest, flags: SendFlags): string | Uint8Array {
  if (flags.curl === true) return `${curlCommand(request)}\n`;
  if (flags.format === 'pretty') return httpMessage(request);
  return `${JSON.stringify(requestDocument(request))}\n`;
}
