import { detailed } from '../json/detailed.js';
import {
  databasePrettyStyles,
  databaseStyles,
  jacksonPrettyStyles,
  jqStyles,
  mariadbNormalStyles,
  mariadbStyles,
  perlStyles,
  prettyStyles,
} from '../json/languages.js';
import { compact } from '../json/layout.js';
import { AS_THEY_ARE, BY_LENGTH, SORTED, withStrings } from '../json/members.js';
import { javascriptNumbers, pythonNumbers, wholeAsFloats } from '../json/numbers.js';
import { stringStyle } from '../json/strings.js';
import { type JsonStyle, jsonStyle } from '../json/write.js';
import type { Subject } from '../subject.js';
import type { BodyCandidate, BodyMistake } from './body-mistake.js';
import { rewritten, stringified, written, writtenInOrder } from './rewritten.js';

const HASH_RAW_BYTES =
  'Compute the digest over the raw request bytes, not over JSON that was parsed and written again.';

/** The digest was computed over the same JSON with the members of its objects in another order. */
export const reordered: readonly BodyMistake[] = [
  {
    id: 'body/keys-sorted',
    stage: 'members',
    explanation: 'The digest is that of the body with the keys of its objects sorted.',
    fix: 'Compute the digest over the raw request bytes: Inqud signs the keys in the order they come.',
    candidates: keysSorted,
  },
  {
    id: 'body/strings-trimmed',
    stage: 'members',
    explanation:
      'The digest is that of the body with the white space taken off the ends of its strings, as TrimStrings of Laravel does.',
    fix: `${HASH_RAW_BYTES} In Laravel that is $request->getContent().`,
    candidates: (subject) => stringsChanged(subject, trimmed),
  },
  {
    id: 'body/empty-strings-null',
    stage: 'members',
    explanation:
      'The digest is that of the body with null for its empty strings, as ConvertEmptyStringsToNull of Laravel has it.',
    fix: `${HASH_RAW_BYTES} In Laravel that is $request->getContent().`,
    candidates: (subject) => [
      ...stringsChanged(subject, emptyToNull),
      ...stringsChanged(subject, (quoted) => emptyToNull(trimmed(quoted))),
    ],
  },
  {
    id: 'body/dates-shortened',
    stage: 'members',
    explanation:
      'The digest is that of the body with its dates as .NET writes them after reading: the last zeros of the seconds dropped, and perhaps the time that of UTC.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) => [
      ...stringsChanged(subject, shortenedDate),
      ...stringsChanged(subject, dateInUtc),
    ],
  },
];

/** The digest was computed over the same JSON in another form. */
export const reformatted: readonly BodyMistake[] = [
  {
    id: 'body/pretty-printed-2',
    stage: 'layout',
    explanation: 'The digest is that of the body pretty-printed with two spaces.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) => prettyPrinted(subject, '  '),
  },
  {
    id: 'body/pretty-printed-4',
    stage: 'layout',
    explanation: 'The digest is that of the body pretty-printed with four spaces.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) => prettyPrinted(subject, '    '),
  },
  {
    id: 'body/pretty-printed-tab',
    stage: 'layout',
    explanation: 'The digest is that of the body pretty-printed with tabs.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) => prettyPrinted(subject, '\t'),
  },
  {
    id: 'body/pretty-printed-jackson',
    stage: 'layout',
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
    id: 'body/reserialised-jq',
    stage: 'layout',
    explanation: 'The digest is that of the body as jq writes it, whose numbers read 1e-07.',
    fix: `${HASH_RAW_BYTES} jq writes it anew; cat does not.`,
    candidates: (subject) => rewritten(subject, jqStyles),
  },
  {
    id: 'body/reserialised-perl',
    stage: 'layout',
    explanation: 'The digest is that of the body parsed and written again by Perl.',
    fix: `${HASH_RAW_BYTES} In Perl that is $request->content, before decode_json.`,
    candidates: (subject) => rewritten(subject, perlStyles),
  },
  {
    id: 'body/database-json',
    stage: 'format',
    explanation:
      'The digest is that of the body as a JSON column gives it back (jsonb of PostgreSQL, JSON of MySQL): keys by their length, a space after commas and colons.',
    fix: 'Keep the body in a column of text or bytes: a JSON column does not keep its bytes.',
    candidates: databaseJson,
  },
  {
    id: 'body/database-function',
    stage: 'alone',
    explanation:
      'The digest is that of the body as a JSON function of MariaDB writes it, such as JSON_LOOSE, JSON_DETAILED, JSON_NORMALIZE or JSON_SET.',
    fix: 'Hash the body as it was stored: the functions do not keep its bytes.',
    candidates: databaseFunctions,
  },
  {
    id: 'body/numbers-reformatted',
    stage: 'format',
    explanation:
      'The digest is that of the body with its numbers written another way, such as 1 for 1.0 or 1e-7 for 0.0000001.',
    fix: HASH_RAW_BYTES,
    candidates: (subject) =>
      subject.format() === 'compact' ? rewritten(subject, numberStyles) : [],
  },
];

const escapedStyles: readonly JsonStyle[] = [
  jsonStyle(compact, stringStyle({ beyondAscii: 'escaped' })),
  jsonStyle(compact, stringStyle({ beyondAscii: 'escaped', hex: 'upper' })),
];
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

/** Nothing where nothing would change: then it is not the order that makes the difference. */
function membersChanged(
  subject: Subject,
  order: 'kept' | 'sorted' | 'sorted-at-the-top',
  nulls: 'kept' | 'dropped',
): readonly BodyCandidate[] {
  const changed = subject.rearranged({ order, nulls })?.text;
  if (changed === undefined || changed === subject.rearranged(AS_THEY_ARE)?.text) return [];
  return [{ make: () => Buffer.from(changed, 'latin1') }];
}

/** All the way down; at the top alone, as ksort does; as JSON.stringify(value, keys.sort()) does. */
function* keysSorted(subject: Subject): Iterable<BodyCandidate> {
  yield* membersChanged(subject, 'sorted', 'kept');
  yield* membersChanged(subject, 'sorted-at-the-top', 'kept');
  const text = withKeysAsReplacer(subject.text());
  if (text !== undefined) yield { make: () => Buffer.from(text), isWritten: true };
}

/** The list of keys is a filter at every depth, so that what is inside is mostly lost. */
function withKeysAsReplacer(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const filtered = JSON.stringify(value, Object.keys(value).sort());
    return filtered === JSON.stringify(value) ? undefined : filtered;
  } catch {
    return undefined;
  }
}

function* databaseJson(subject: Subject): Iterable<BodyCandidate> {
  yield* writtenInOrder(subject, databaseStyles, BY_LENGTH);
  if (isOrderOfItsOwn(subject)) yield* writtenInOrder(subject, databasePrettyStyles, BY_LENGTH);
}

/** Many programs lay JSON out, and some sort its keys: only another order tells a database. */
function isOrderOfItsOwn(subject: Subject): boolean {
  const byLength = subject.rearranged(BY_LENGTH)?.text;
  return [SORTED, AS_THEY_ARE].every((order) => subject.rearranged(order)?.text !== byLength);
}

function* databaseFunctions(subject: Subject): Iterable<BodyCandidate> {
  const tree = subject.tree();
  if (tree === undefined) return;
  const text = subject.latin1();
  for (const style of mariadbStyles) yield written(subject, style);
  for (const indent of ['    ', '  ']) {
    yield { make: () => Buffer.from(detailed(tree, text, indent), 'latin1') };
  }
  yield* writtenInOrder(subject, mariadbNormalStyles, SORTED);
}

/** Nothing where nothing would change. */
function stringsChanged(
  subject: Subject,
  change: (quoted: string) => string,
): readonly BodyCandidate[] {
  const tree = subject.tree();
  if (tree === undefined) return [];
  const changed = withStrings(tree, subject.latin1(), change);
  if (changed === withStrings(tree, subject.latin1(), (quoted) => quoted)) return [];
  return [{ make: () => Buffer.from(changed, 'latin1') }];
}

function trimmed(quoted: string): string {
  const inside = quoted.slice(1, -1).replace(/^(?:\s|\\[nrt])+/, '');
  return `"${inside.replace(/(?<!\\)(?:\s|\\[nrt])+$/, '')}"`;
}

function emptyToNull(quoted: string): string {
  return quoted === '""' ? 'null' : quoted;
}

const SECONDS = /(T\d\d:\d\d:\d\d)\.(\d*?)0+(?=(?:Z|[+-]\d\d:?\d\d)?"$)/;

function shortenedDate(quoted: string): string {
  return quoted.replace(SECONDS, (_, time, digits) => (digits === '' ? time : `${time}.${digits}`));
}

const OFFSET_DATE = /^"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?([+-]\d\d:\d\d)"$/;

/** Json.NET turns a date with an offset into the time of the machine, which on servers is UTC. */
function dateInUtc(quoted: string): string {
  const [, time, fraction = '', offset] = OFFSET_DATE.exec(quoted) ?? [];
  const date = new Date(`${time}${offset}`);
  if (Number.isNaN(date.getTime())) return shortenedDate(quoted);
  const seconds = date.toISOString().slice(0, 19);
  return `"${shortenedDate(`${seconds}.${fraction}0"`).slice(0, -1)}+00:00"`;
}
