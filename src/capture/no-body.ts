import { DIGEST_HEADER } from '../webhook/scheme.js';
import { headerValues } from '../webhook/verdict.js';
import { bodyFieldHint, NO_BODY } from './logs/body-field.js';
import type { Entries } from './reader.js';
import { type FoundCapture, malformed, type PlacedEntry } from './record.js';

/**
 * Never lets a web hook with a digest pass for one without a body, unless it says that it had none: that
 * a reader found no body does not show that none came.
 */
export async function* missNoBody(entries: Entries, head: Uint8Array): AsyncGenerator<PlacedEntry> {
  for await (const entry of entries) {
    if (entry.kind !== 'capture' || !lacksBody(entry)) yield entry;
    else {
      const { line, entry: number } = entry;
      const { suggestBody } = await import('./logs/suggest-fields.js');
      yield { ...malformed(NO_BODY, bodyFieldHint(suggestBody(head))), line, entry: number };
    }
  }
}

function lacksBody({ record, isStatedEmpty }: FoundCapture): boolean {
  if (record.body.length > 0 || isStatedEmpty === true) return false;
  if (headerValues(record.headers, DIGEST_HEADER).length === 0) return false;
  return headerValues(record.headers, 'Content-Length')[0]?.trim() !== '0';
}
