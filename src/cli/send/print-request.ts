import type { Parcel } from '../../delivery/send-all.js';
import { type RequestForm, requestPrinter } from '../../report/send/dry-run.js';
import type { World } from '../world.js';
import type { SendFlags } from './flags.js';

/** Prints what would be sent, request by request. Returns the exit code. */
export async function printRequests(
  url: string,
  parcels: Iterable<Parcel<unknown>>,
  flags: SendFlags,
  { stdout, parseTarget }: World,
): Promise<number> {
  const target = await parseTarget(url);
  const printer = requestPrinter(formOf(flags), stdout.isTerminal ? 'terminal' : 'program');
  await stdout.write(printer.begin());
  for (const { request } of parcels) {
    const insecure = flags.insecure === true;
    await stdout.write(printer.request({ ...request, target, insecure }));
  }
  await stdout.write(printer.end());
  return 0;
}

function formOf({ curl, format }: SendFlags): RequestForm {
  if (curl === true) return 'curl';
  return format === 'pretty' ? 'http' : format;
}
