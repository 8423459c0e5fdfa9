import {
  indented,
  jacksonPrettyStyles,
  minimalStrings,
  pythonAsciiStrings,
  rubyPrettyStyles,
} from '../json/languages.js';
import { rearrange } from '../json/members.js';
import { javascriptNumbers, pythonNumbers, wholeAsFloats } from '../json/numbers.js';
import { stringStyle } from '../json/strings.js';
import { compact, type JsonStyle, writeJson } from '../json/write.js';
import type { Subject } from '../subject.js';
import type { BodyCandidate, BodyMistake } from './body-mistake.js';
import { rewritten, stringified } from './reserialised.js';

const HASH_RAW_BYTES =
  'Compute the digest over the raw request bytes, not over JSON that was parsed and written again.';

/** The digest was computed over the same JSON in another form. */
export const reformatted: readonly BodyMistake[] = [
  {
    id: 'body/pretty-printed-2',
    stage: 'rewrite',
    explanation: 'The digest is that of the body pretty-printed with two spaces.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) => prettyPrinted(subject, '  '),
  },
  {
    id: 'body/pretty-printed-4',
    stage: 'rewrite',
    explanation: 'The digest is that of the body pretty-printed with four spaces.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) => prettyPrinted(subject, '    '),
  },
  {
    id: 'body/pretty-printed-tab',
    stage: 'rewrite',
    explanation: 'The digest is that of the body pretty-printed with tabs.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) => prettyPrinted(subject, '\t'),
  },
  {
    id: 'body/pretty-printed-jackson',
    stage: 'rewrite',
    explanation: "The digest is that of the body pretty-printed by Java (Jackson's default).",
    fix: HASH_RAW_BYTES,
    candidates: (subject) => rewritten(subject, jacksonPrettyStyles),
  },
  {
    id: 'body/keys-sorted',
    stage: 'members',
    explanation: 'The digest is that of the body with the keys of its objects sorted.',
    fix: 'Compute the digest over the raw request bytes: Inqud signs the keys in the order they come.',
    candidates: (subject) => membersChanged(subject, 'sorted', 'kept'),
  },
  {
    id: 'body/nulls-dropped',
    stage: 'members',
    explanation: 'The digest is that of the body without its null members.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) => membersChanged(subject, 'kept', 'dropped'),
  },
  {
    id: 'body/unicode-escaped',
    stage: 'rewrite',
    explanation:
      'The digest is that of the body with every character beyond ASCII written as a \\u escape.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) => rewritten(subject, escapedStyles),
  },
  {
    id: 'body/unicode-unescaped',
    stage: 'rewrite',
    explanation:
      'The digest is that of the body with its \\u and \\/ escapes written as plain characters.',
    fix: `${HASH_RAW_BYTES} If the capture was written by another tool, capture the bytes themselves.`,
    candidates: (subject) => rewritten(subject, unescapedStyles),
  },
  {
    id: 'body/numbers-reformatted',
    stage: 'rewrite',
    explanation:
      'The digest is that of the body with its numbers written another way, such as 1 for 1.0 or 1e-7 for 0.0000001.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) => rewritten(subject, numberStyles),
  },
];

const escapedStyles: readonly JsonStyle[] = [
  { layout: compact, strings: stringStyle({ beyondAscii: 'escaped' }) },
  {
    layout: compact,
    strings: stringStyle({ beyondAscii: 'escaped', hex: 'upper' }),
  },
];
const unescapedStyles: readonly JsonStyle[] = [{ layout: compact, strings: minimalStrings }];
const numberStyles: readonly JsonStyle[] = [
  { layout: compact, numbers: javascriptNumbers },
  { layout: compact, numbers: pythonNumbers },
  { layout: compact, numbers: wholeAsFloats },
];

/** Text kept first, as most languages agree on it; then with each one's numbers and escapes. */
function* prettyPrinted(subject: Subject, indent: string): Iterable<BodyCandidate> {
  const layout = indented(indent);
  const python = {
    layout,
    strings: pythonAsciiStrings,
    numbers: pythonNumbers,
  };
  yield* rewritten(subject, [{ layout }, python]);
  const text = stringified(subject, indent);
  if (text !== undefined) yield { make: () => Buffer.from(text) };
  if (indent === '  ') yield* rewritten(subject, rubyPrettyStyles);
}

function membersChanged(
  subject: Subject,
  order: 'kept' | 'sorted',
  nulls: 'kept' | 'dropped',
): readonly BodyCandidate[] {
  const tokens = subject.tokens();
  if (tokens === undefined) return [];
  return [
    {
      make: () => writeJson(rearrange(tokens, { order, nulls }), { layout: compact }),
    },
  ];
}
