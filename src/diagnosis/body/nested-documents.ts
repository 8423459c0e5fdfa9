import { afterValue } from '../json/members.js';
import { type JsonTokens, OPEN_OBJECT, STRIDE, STRING } from '../json/tokens.js';
import type { Subject } from '../subject.js';
import { type BodyCandidate, texts } from './body-mistake.js';

const MAX_NESTED = 16;

/** What stands inside the body and may be the real one: strings that hold JSON or its base64, objects. */
export function* nestedDocuments(subject: Subject): Iterable<BodyCandidate> {
  const tokens = subject.tokens();
  if (tokens === undefined) return;
  let found = 0;
  for (const candidate of documentsIn(tokens)) {
    found += 1;
    if (found > MAX_NESTED) return;
    yield candidate;
  }
}

function* documentsIn(tokens: JsonTokens): Iterable<BodyCandidate> {
  const { table, count } = tokens;
  for (let index = 1; index < count; index += 1) {
    const kind = table[index * STRIDE] ?? 0;
    if (kind === STRING) yield* documentsInString(tokens, index);
    if (kind === OPEN_OBJECT) yield slice(tokens, index, afterValue(tokens, index));
  }
}

/** The object as it stands there. */
function slice(tokens: JsonTokens, first: number, end: number): BodyCandidate {
  const from = tokens.table[first * STRIDE + 1] ?? 0;
  const to = tokens.table[(end - 1) * STRIDE + 2] ?? 0;
  return { make: () => tokens.bytes.subarray(from, to) };
}

function documentsInString(tokens: JsonTokens, index: number): readonly BodyCandidate[] {
  const from = tokens.table[index * STRIDE + 1] ?? 0;
  const to = tokens.table[index * STRIDE + 2] ?? 0;
  const text = stringAt(tokens.bytes.subarray(from, to));
  if (/^\s*[{[]/.test(text)) return texts(text);
  if (!/^(eyJ|ew|W3s)[A-Za-z0-9+/_-]*=*$/.test(text)) return [];
  return [{ make: () => Buffer.from(text, 'base64') }];
}

function stringAt(quoted: Uint8Array): string {
  if (quoted.length < 4) return '';
  try {
    return String(JSON.parse(Buffer.from(quoted).toString()));
  } catch {
    return '';
  }
}
