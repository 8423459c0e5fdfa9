import { DIGEST_HEADER } from '../webhook/scheme.js';
import { headerValues } from '../webhook/verdict.js';
import type { Entries } from './reader.js';
import { type FoundCapture, malformed, type PlacedEntry } from './record.js';

export const NO_BODY = 'The entry has no body.';
/** Other keys are not spelled out: a path of them could not be typed as it is. */
const TYPEABLE = /^[\w@-]+$/;
const MOST_FIELDS = 3;

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

/** A path as `--body-field` takes it, where it can be typed. */
export function fieldOf(path: readonly string[]): string | undefined {
  return path.length > 0 && path.every((key) => TYPEABLE.test(key)) ? path.join('.') : undefined;
}

/** What to type where one of these fields holds the body. */
export function bodyFieldHint(fields: readonly string[]): string | undefined {
  const [field, ...others] = fields.slice(0, MOST_FIELDS);
  if (field === undefined) return undefined;
  const or = others.map((other) => `, or ${other}`).join('');
  return `Name the field that holds it: --body-field ${field}${or}.`;
}
