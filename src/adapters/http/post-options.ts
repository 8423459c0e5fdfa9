import { Readable } from 'node:stream';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { Header, OutgoingRequest } from '../../ports.js';

/** Long enough for a receiver to have read what came first. */
const PAUSE_MS = 100;

/** A receiver in this very process accepts a connection in one turn of the loop and reads it in the next. */
const TURNS = 3;

/** One POST as undici takes it. `connection` says what becomes of its connection after the answer. */
export function postOptions(
  path: string,
  { headers, body, firstBytes }: OutgoingRequest,
  connection: 'keep' | 'close',
): Dispatcher.DispatchOptions {
  const about = { method: 'POST', path, reset: connection === 'close' } as const;
  const flat = flattened(headers);
  if (firstBytes === undefined) return { ...about, headers: flat, body };
  flat.push('content-length', String(body.length));
  return { ...about, headers: flat, body: Readable.from(inPieces(body, firstBytes)) };
}

async function* inPieces(body: Uint8Array, firstBytes: number): AsyncGenerator<Uint8Array> {
  yield body.subarray(0, firstBytes);
  await sleep(PAUSE_MS);
  // After a stall, timers that are overdue come before what is to be read.
  for (let turns = 0; turns < TURNS; turns += 1) await turn();
  yield body.subarray(firstBytes);
}

/** `flat()` takes five times as long. */
function flattened(headers: readonly Header[]): string[] {
  const flat: string[] = [];
  for (const [name, value] of headers) flat.push(name, value);
  return flat;
}
