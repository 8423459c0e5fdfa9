import { jacksonPrettyStyles, minimalStrings, prettyStyles } from '../json/languages.js';
import { compact } from '../json/layout.js';
import { isSorted, rearrange } from '../json/members.js';
import { javascriptNumbers, pythonNumbers, wholeAsFloats } from '../json/numbers.js';
import { stringStyle } from '../json/strings.js';
import { type JsonStyle, jsonStyle } from '../json/write.js';
import type { Subject } from '../subject.js';
import type { BodyCandidate, BodyMistake } from './body-mistake.js';
import { rewritten, stringified } from './rewritten.js';

const HASH_RAW_BYTES =
  'Compute the digest over the raw request bytes, not over JSON that was parsed and written again.';

/** The digest was computed over the same JSON with the members of its objects in another order. */
export const reordered: readonly BodyMistake[] = [
  {
    id: 'body/keys-sorted',
    stage: 'members',
    explanation: 'The digest is that of the body with the keys of its objects sorted.',
    fix: 'Compute the digest over the raw request bytes: Inqud signs the keys in the order they come.',
    candidates: (subject) => membersChanged(subject, 'sorted', 'kept'),
  },
];

/** The digest was computed over the same JSON in another form. */
export const reformatted: readonly BodyMistake[] = [
  {
    id: 'body/pretty-printed-2',
    stage: 'format',
    explanation: 'The digest is that of the body pretty-printed with two spaces.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) => prettyPrinted(subject, '  '),
  },
  {
    id: 'body/pretty-printed-4',
    stage: 'format',
    explanation: 'The digest is that of the body pretty-printed with four spaces.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) => prettyPrinted(subject, '    '),
  },
  {
    id: 'body/pretty-printed-tab',
    stage: 'format',
    explanation: 'The digest is that of the body pretty-printed with tabs.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) => prettyPrinted(subject, '\t'),
  },
  {
    id: 'body/pretty-printed-jackson',
    stage: 'format',
    explanation: "The digest is that of the body pretty-printed by Java (Jackson's default).",
    fix: HASH_RAW_BYTES,
    candidates: (subject) => rewritten(subject, jacksonPrettyStyles),
  },
  {
    id: 'body/nulls-dropped',
    stage: 'format',
    explanation: 'The digest is that of the body without its null members.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) => membersChanged(subject, 'kept', 'dropped'),
  },
  {
    id: 'body/unicode-escaped',
    stage: 'format',
    explanation:
      'The digest is that of the body with every character beyond ASCII written as a \\u escape.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) => rewritten(subject, escapedStyles),
  },
  {
    id: 'body/unicode-unescaped',
    stage: 'format',
    explanation:
      'The digest is that of the body with its \\u and \\/ escapes written as plain characters.',
    fix: `${HASH_RAW_BYTES} If the capture was written by another tool, capture the bytes themselves.`,
    candidates: (subject) => rewritten(subject, unescapedStyles),
  },
  {
    id: 'body/numbers-reformatted',
    stage: 'format',
    explanation:
      'The digest is that of the body with its numbers written another way, such as 1 for 1.0 or 1e-7 for 0.0000001.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) => rewritten(subject, numberStyles),
  },
];

const escapedStyles: readonly JsonStyle[] = [
  jsonStyle(compact, stringStyle({ beyondAscii: 'escaped' })),
  jsonStyle(compact, stringStyle({ beyondAscii: 'escaped', hex: 'upper' })),
];
const unescapedStyles: readonly JsonStyle[] = [jsonStyle(compact, minimalStrings)];
const numberStyles: readonly JsonStyle[] = [
  jsonStyle(compact, undefined, javascriptNumbers),
  jsonStyle(compact, undefined, pythonNumbers),
  jsonStyle(compact, undefined, wholeAsFloats),
];

/** In one pass first; then as JSON.stringify does it, which may put the keys in another order. */
function* prettyPrinted(subject: Subject, indent: '  ' | '    ' | '\t'): Iterable<BodyCandidate> {
  yield* rewritten(subject, prettyStyles[indent]);
  const text = stringified(subject, indent);
  if (text !== undefined) yield { make: () => Buffer.from(text) };
}

function membersChanged(
  subject: Subject,
  order: 'kept' | 'sorted',
  nulls: 'kept' | 'dropped',
): readonly BodyCandidate[] {
  const tree = subject.tree();
  if (tree === undefined) return [];
  if (nulls === 'kept' && isSorted(tree)) return [];
  const make = () => Buffer.from(rearrange(tree, subject.latin1(), { order, nulls }), 'latin1');
  return [{ make }];
}
