import { DIGEST_HEADER } from '../webhook/scheme.js';
import { headerValues } from '../webhook/verdict.js';
import { asBuffer } from './json-value.js';
import { bodyFieldHint, NO_BODY } from './logs/body-field.js';
import { CUT_BUFFER, isCutBuffer } from './logs/logged-bytes.js';
import type { Entries } from './reader.js';
import { type FoundCapture, type MalformedCapture, malformed, type PlacedEntry } from './record.js';

const OPENS_TAG = 0x3c;
const LONGEST_PRINTED = 1024;

/**
 * Never lets a web hook with a digest pass for one without a body, unless it says that it had none: that
 * a reader found no body does not show that none came.
 */
export async function* missNoBody(entries: Entries, head: Uint8Array): AsyncGenerator<PlacedEntry> {
  for await (const entry of entries) {
    const instead = entry.kind === 'capture' ? await insteadOf(entry, head) : undefined;
    yield instead === undefined ? entry : { ...instead, line: entry.line, entry: entry.entry };
  }
}

async function insteadOf(
  capture: FoundCapture,
  head: Uint8Array,
): Promise<MalformedCapture | undefined> {
  if (isCut(capture)) return CUT_BUFFER;
  if (!lacksBody(capture)) return undefined;
  const { suggestBody } = await import('./logs/suggest-fields.js');
  return malformed(NO_BODY, bodyFieldHint(suggestBody(head)));
}

/** What Node printed of the body, in the place of the body. */
function isCut({ record }: FoundCapture): boolean {
  const { body } = record;
  if (body[0] !== OPENS_TAG || body.length > LONGEST_PRINTED) return false;
  return isCutBuffer(asBuffer(body).toString('latin1'));
}

function lacksBody({ record, isStatedEmpty }: FoundCapture): boolean {
  if (record.body.length > 0 || isStatedEmpty === true) return false;
  if (headerValues(record.headers, DIGEST_HEADER).length === 0) return false;
  return headerValues(record.headers, 'Content-Length')[0]?.trim() !== '0';
}
