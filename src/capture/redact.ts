import { HookError } from '../errors.js';
import { findValues, type ValuePath } from '../json/find-values.js';
import type { Header } from '../ports.js';
import { decodeUtf8, parseJson } from './json-value.js';
import type { CaptureRecord } from './record.js';

/** A capture that may be shown to others. */
export interface Redacted {
  readonly record: CaptureRecord;
  /** What was replaced, as it was asked for; then the digest is no longer the body's. */
  readonly redacted: readonly string[];
}

export type Redaction = (record: CaptureRecord) => Redacted;

interface RedactedPlace {
  readonly text: string;
  readonly steps: ValuePath;
}

const REPLACEMENT = '[redacted]';
const BODY = 'body';
const HINT =
  'Name a field of the body, e.g. payer.email or items[0].name, or a header: headers.Cookie.';

/**
 * Replaces values: `a.b`, `a[0].b` and `a.*` are fields of the body, `headers.Name` is a header. The rest of
 * the body keeps its bytes. A body that is not JSON is replaced as a whole: what is in it is not known.
 * @throws HookError `bad-flag`
 */
export function createRedaction(paths: readonly string[]): Redaction {
  const places = paths.map(parsePlace);
  const headers = places.filter(({ steps }) => steps[0] === 'headers').map(withoutFirst);
  const fields = places
    .filter(({ steps }) => steps[0] !== 'headers')
    .map((place) => (place.steps[0] === BODY ? withoutFirst(place) : place));
  return (record) => {
    const head = redactHeaders(record.headers, headers);
    const body = redactBody(record.body, fields);
    return {
      record: { ...record, headers: head.headers, body: body.body },
      redacted: [...head.redacted, ...body.redacted],
    };
  };
}

function parsePlace(text: string): RedactedPlace {
  const steps = text.replace(/\[(\d+|\*)\]/g, '.$1').split('.');
  const isHeader = steps[0] === 'headers';
  const isWhole = steps.every((step) => step !== '') && !(isHeader && steps.length !== 2);
  if (isWhole) return { text, steps };
  throw new HookError('bad-flag', `\`${text}\` names nothing that can be redacted.`, HINT);
}

function withoutFirst({ text, steps }: RedactedPlace): RedactedPlace {
  return { text, steps: steps.slice(1) };
}

function redactHeaders(headers: readonly Header[], places: readonly RedactedPlace[]) {
  const redacted = new Set<string>();
  const shown = headers.map((header): Header => {
    const [name] = header;
    const place = places.find(({ steps }) => steps[0]?.toLowerCase() === name.toLowerCase());
    if (place === undefined) return header;
    redacted.add(place.text);
    return [name, REPLACEMENT];
  });
  return { headers: shown, redacted: [...redacted] };
}

function redactBody(
  body: Uint8Array,
  places: readonly RedactedPlace[],
): { readonly body: Uint8Array; readonly redacted: readonly string[] } {
  if (places.length === 0 || body.length === 0) return { body, redacted: [] };
  const text = decodeUtf8(body);
  const isJson = text !== undefined && parseJson(text) !== undefined;
  const spans = isJson
    ? findValues(
        text,
        places.map(({ steps }) => steps),
      )
    : undefined;
  if (text === undefined || spans === undefined) {
    return { body: Buffer.from(REPLACEMENT), redacted: [BODY] };
  }
  let shown = '';
  let copied = 0;
  for (const { start, end } of spans) {
    shown += text.slice(copied, start) + JSON.stringify(REPLACEMENT);
    copied = end;
  }
  const found = new Set(spans.map(({ path }) => places[path]?.text ?? BODY));
  return { body: Buffer.from(shown + text.slice(copied)), redacted: [...found] };
}
