import { endsEarly } from '../json/parse-tree.js';
import { headerValues } from '../webhook/verdict.js';
import { BOUNDARIES } from './body/cuts.js';
import type { BodyFormat } from './body/format.js';
import { looksPacked } from './body/packed.js';
import type { DiagnosisOptions, Suspicion } from './diagnosis.js';
import { namesOtherProvider } from './digest/algorithms.js';
import { hasManyMembers, isSorted } from './json/members.js';
import { isLarge } from './limits.js';
import type { Mistake } from './mistake.js';
import { looksLikePlaceholder } from './secret/placeholders.js';
import type { Subject } from './subject.js';

interface SuspicionRule extends Mistake {
  readonly applies: (mismatch: Mismatch) => boolean;
  /** Reads the body as text, which a large one is not worth. */
  readonly parses?: true;
  /** What makes it so, where that can be told. */
  readonly note?: (mismatch: Mismatch) => string | undefined;
}

interface Mismatch {
  readonly subject: Subject;
  readonly digest: string;
  readonly secrets: DiagnosisOptions['secrets'];
}

/** What looks wrong with a mismatch that nothing explains: the first of the rules that applies. */
export function suspect(mismatch: Mismatch): Suspicion | undefined {
  const isOpen = isLarge(mismatch.subject.bytes)
    ? ({ parses }: SuspicionRule) => parses !== true
    : () => true;
  const rule = suspicionRules.find((each) => isOpen(each) && each.applies(mismatch));
  if (rule === undefined) return undefined;
  const note = rule.note?.(mismatch);
  const explanation = note === undefined ? rule.explanation : `${rule.explanation} (${note})`;
  return { id: rule.id, explanation, fix: rule.fix };
}

/** Most telling first. */
export const suspicionRules: readonly SuspicionRule[] = [
  {
    id: 'digest/other-provider',
    explanation:
      "The digest is another provider's: X-Payload-Digest-Alg comes with it, which Inqud does not send.",
    fix: 'Keep the two providers on URLs of their own; Sumsub uses X-Payload-Digest too.',
    applies: ({ subject }) => namesOtherProvider(subject),
  },
  {
    id: 'digest/not-inquds',
    explanation: "The digest has not the form of Inqud's: 40 lower-case hexadecimal characters.",
    fix: 'Check which header it was taken from, and that it is HMAC-SHA1.',
    applies: ({ digest }) => !/^[0-9a-f]{40}$/.test(digest.trim().toLowerCase()),
  },
  {
    id: 'capture/empty',
    explanation: 'The captured body is empty.',
    fix: 'Capture the body before anything else reads the stream.',
    applies: ({ subject }) => subject.bytes.length === 0,
  },
  {
    id: 'capture/still-packed',
    explanation:
      'The captured body is packed, as gzip or the like, and nothing that it unpacks to explains the digest.',
    fix: 'Capture the body where it is unpacked.',
    applies: ({ subject }) => looksPacked(subject),
  },
  {
    id: 'capture/cut',
    explanation: 'The captured body ends before its JSON does.',
    fix: 'Capture the whole body: a buffer, a column or a log line is too short.',
    parses: true,
    applies: ({ subject }) => endsEarly(subject.latin1()),
    note: ({ subject }) => boundaryNote(subject.bytes.length),
  },
  {
    id: 'capture/length-differs',
    explanation: 'The captured body is not as long as its Content-Length says.',
    fix: 'Capture the bytes of the request as received.',
    applies: ({ subject }) => statedLength(subject) !== undefined,
    note: (mismatch) =>
      `${mismatch.subject.bytes.length} bytes instead of ${statedLength(mismatch.subject)}`,
  },
  {
    id: 'capture/characters-lost',
    explanation:
      'The captured body holds U+FFFD, which stands for bytes that were lost in decoding.',
    fix: 'Capture the bytes without decoding them, or decode them as UTF-8.',
    applies: ({ subject }) => subject.bytes.includes('\ufffd'),
  },
  {
    id: 'capture/not-utf8',
    explanation: "The captured body is not UTF-8, and Inqud's always are.",
    fix: 'Capture the bytes of the request itself, without encoding them in another way.',
    applies: ({ subject }) => !subject.isUtf8(),
  },
  {
    id: 'capture/not-json',
    explanation: "The captured body is not JSON, and Inqud's always are.",
    fix: 'Capture the bytes of the request itself.',
    parses: true,
    applies: ({ subject }) => subject.tree() === undefined,
  },
  {
    id: 'capture/reformatted',
    explanation:
      'The captured body is formatted, and what Inqud sends is compact; its digest cannot be had back from it.',
    fix: 'Capture the bytes of the request before anything parses or formats them.',
    parses: true,
    applies: ({ subject }) => subject.format() !== 'compact',
    note: ({ subject }) => FORMATS[subject.format()],
  },
  {
    id: 'capture/reserialised',
    explanation:
      'The captured body has escapes that JSON does not ask for: some tool has written it anew.',
    fix: 'Capture the bytes of the request before anything parses or formats them.',
    parses: true,
    applies: ({ subject }) => /\\\/|\\u00[2-7]|\\u0[1-9a-f]|\\u[1-9a-f]/i.test(subject.text()),
  },
  {
    id: 'capture/keys-sorted',
    explanation:
      'The keys of the captured body are sorted: some tool has parsed it, and the order is lost.',
    fix: 'Capture the bytes of the request before anything parses or formats them.',
    parses: true,
    applies: ({ subject }) => {
      const tree = subject.tree();
      return tree !== undefined && hasManyMembers(tree, MANY_KEYS) && isSorted(tree);
    },
  },
  // Last, because a body that is plainly wrong says more than a secret that looks odd.
  {
    id: 'secret/placeholder',
    explanation: 'The given secret looks like a placeholder that nothing took the place of.',
    fix: 'Give the secret itself: the variable was not expanded.',
    applies: ({ secrets }) =>
      secrets.some((secret) => looksLikePlaceholder(Buffer.from(secret.reveal()).toString())),
  },
];

/** So many keys are not in order by chance. */
const MANY_KEYS = 6;

const FORMATS: { readonly [F in BodyFormat]: string | undefined } = {
  compact: undefined,
  'pretty-2': 'two spaces',
  'pretty-4': 'four spaces',
  'pretty-tab': 'tabs',
  spaced: 'a space after commas and colons',
  other: undefined,
};

function boundaryNote(bytes: number): string | undefined {
  return BOUNDARIES.includes(bytes) ? `at exactly ${bytes} bytes` : `at ${bytes} bytes`;
}

function statedLength({ headers, bytes }: Subject): number | undefined {
  const stated = headerValues(headers, 'Content-Length')[0]?.trim();
  if (stated === undefined || !/^\d+$/.test(stated)) return undefined;
  return Number(stated) === bytes.length ? undefined : Number(stated);
}
