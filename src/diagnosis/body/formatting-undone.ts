import {
  plainStyle,
  shortenedStyles,
  signedStyles,
  unpaddedStyles,
  verbatimStyle,
} from '../json/languages.js';
import type { Subject } from '../subject.js';
import type { BodyCandidate, BodyMistake } from './body-mistake.js';
import type { BodyFormat } from './format.js';
import { written } from './rewritten.js';

const CAPTURE_BYTES =
  'Capture the bytes of the request before anything parses or formats them; the compact body is the one that was signed.';

/** The capture is JSON that some tool has written anew; what was signed is compact. */
export const formattingUndone: readonly BodyMistake[] = [
  {
    id: 'capture/pretty-printed-2',
    stage: 'format',
    explanation:
      'The captured body is pretty-printed with two spaces; the digest is that of the compact JSON.',
    fix: CAPTURE_BYTES,
    candidates: (subject) => compacted(subject, 'pretty-2'),
  },
  {
    id: 'capture/pretty-printed-4',
    stage: 'format',
    explanation:
      'The captured body is pretty-printed with four spaces; the digest is that of the compact JSON.',
    fix: CAPTURE_BYTES,
    candidates: (subject) => compacted(subject, 'pretty-4'),
  },
  {
    id: 'capture/pretty-printed-tab',
    stage: 'format',
    explanation:
      'The captured body is pretty-printed with tabs; the digest is that of the compact JSON.',
    fix: CAPTURE_BYTES,
    candidates: (subject) => compacted(subject, 'pretty-tab'),
  },
  {
    id: 'capture/reserialised-python',
    stage: 'format',
    explanation:
      'The captured body has the spaces that Python puts after commas and colons; the digest is that of the compact JSON.',
    fix: CAPTURE_BYTES,
    candidates: (subject) => compacted(subject, 'spaced'),
  },
  {
    id: 'capture/reformatted',
    stage: 'format',
    explanation:
      'The captured body has white space between its JSON tokens; the digest is that of the compact JSON.',
    fix: CAPTURE_BYTES,
    candidates: (subject) => compacted(subject, 'other'),
  },
  {
    id: 'capture/reserialised-php',
    stage: 'format',
    explanation:
      'The captured body has the \\/ that PHP writes; the digest is that of the body with plain slashes.',
    fix: CAPTURE_BYTES,
    candidates: (subject) => unescaped(subject, '\\/'),
  },
  {
    id: 'capture/exponents-padded',
    stage: 'format',
    explanation:
      'The captured body has exponents such as 1e-07, as Python, Ruby and C write them; the digest is that of the short ones.',
    fix: CAPTURE_BYTES,
    candidates: (subject) => (PADDED.test(subject.latin1()) ? unpadded(subject) : []),
  },
  {
    id: 'capture/numbers-lengthened',
    stage: 'format',
    explanation:
      'The captured body has numbers with 16 or 17 digits, as PHP writes them with serialize_precision 17; the digest is that of the short ones.',
    fix: CAPTURE_BYTES,
    candidates: lengthened,
  },
  {
    id: 'capture/html-escaped',
    stage: 'format',
    explanation:
      'The captured body has <, > or & escaped for HTML, as Go and Rails do; the digest is that of the plain characters.',
    fix: CAPTURE_BYTES,
    candidates: (subject) => unescaped(subject, '\\u003c', '\\u003e', '\\u0026'),
  },
  {
    id: 'capture/unicode-escaped',
    stage: 'format',
    explanation:
      'The captured body has \\u escapes; the digest is that of the body with the characters themselves.',
    fix: CAPTURE_BYTES,
    candidates: (subject) => unescaped(subject, '\\u'),
  },
];

/** White space goes; a tool that formats often escapes too, so then the escapes go with it. */
function* compacted(subject: Subject, format: BodyFormat): Iterable<BodyCandidate> {
  if (subject.format() !== format) return;
  yield written(subject, verbatimStyle);
  if (subject.bytes.includes('\\')) yield written(subject, plainStyle);
  const hasExponents = /\d(?:E|e[+-]?0\d)/.test(subject.latin1());
  for (const style of hasExponents ? signedExponentStyles : signedStyles) {
    yield written(subject, style);
  }
}

function* unescaped(subject: Subject, ...escapes: readonly string[]): Iterable<BodyCandidate> {
  if (!escapes.some((sign) => subject.bytes.includes(sign))) return;
  yield written(subject, plainStyle);
}

function* lengthened(subject: Subject): Iterable<BodyCandidate> {
  if (!/\d\.?\d{14}/.test(subject.latin1())) return;
  for (const style of shortenedStyles) yield written(subject, style);
}

const signedExponentStyles = [...unpaddedStyles, ...signedStyles];
const PADDED = /\de[+-]?0\d/i;

function unpadded(subject: Subject): readonly BodyCandidate[] {
  return signedExponentStyles.map((style) => written(subject, style));
}
