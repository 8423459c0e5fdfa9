import {
  plainStyle,
  shortenedStyles,
  signedStyles,
  unpaddedStyles,
  verbatimStyle,
} from '../json/languages.js';
import type { Subject } from '../subject.js';
import { type BodyCandidate, type BodyMistake, changed } from './body-mistake.js';
import type { BodyFormat } from './format.js';
import { written } from './rewritten.js';

const CAPTURE_BYTES =
  'Capture the bytes of the request before anything parses or formats them; the compact body is the one that was signed.';

/** JSON that some tool has written anew, nearly always the capture; what was signed is compact. */
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
    id: 'body/exponents-written-out',
    stage: 'format',
    explanation:
      'The digest is that of the body with numbers such as 1e-7 written out, as 0.0000001: a tool wrote the captured body anew, or code wrote anew what it hashed.',
    fix: 'Capture and hash the bytes of the request before anything parses them.',
    candidates: writtenOut,
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

/** A string, which is kept, or a number with an exponent. */
const STRING_OR_EXPONENT = /"(?:[^"\\]|\\.)*"|(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,2})(?!\d)/g;

/** Without a fraction where there is none, and with the `.0` of those who always write one. */
function writtenOut({ bytes }: Subject): readonly BodyCandidate[] {
  const text = bytes.toString('latin1');
  if (!/\d[eE][+-]?\d/.test(text) || PADDED.test(text)) return [];
  return ['', '.0'].map((whole) => ({
    make: () =>
      changed(bytes, (all) =>
        all.replace(STRING_OR_EXPONENT, (found, sign, digits, fraction = '', exponent) =>
          digits === undefined
            ? found
            : `${sign}${decimal(digits, fraction, Number(exponent), whole)}`,
        ),
      ),
  }));
}

function decimal(digits: string, fraction: string, exponent: number, whole: string): string {
  const all = digits + fraction;
  const point = digits.length + exponent;
  const start = point <= 0 ? '0' : all.slice(0, point).padEnd(point, '0');
  const end = (point <= 0 ? '0'.repeat(-point) + all : all.slice(point)).replace(/0+$/, '');
  return `${start.replace(/^0+(?=\d)/, '')}${end === '' ? whole : `.${end}`}`;
}
