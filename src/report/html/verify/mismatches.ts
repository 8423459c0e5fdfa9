import type { VerifyRecord } from '../../../verification/records.js';
import { counted, grouped } from '../../count.js';
import { hintText, noCauseText, reasonText } from '../../verify/words.js';
import { html, type Markup, type MarkupValue } from '../markup.js';
import { foreign, table } from '../parts.js';

/** What is wrong with some entries alike, and where they are. */
interface Mismatch {
  readonly verdict: VerifyRecord['verdict'];
  readonly title: string;
  readonly lines: readonly (readonly [word: string, text: string])[];
  readonly places: string[];
  count: number;
}

/** Gathers what is wrong, by its cause, in bounded memory. */
export interface MismatchList {
  add(record: VerifyRecord): void;
  articles(): MarkupValue;
}

const MOST_KINDS = 60;
const MOST_PLACES = 12;
const LINE = 600;

export function createMismatchList(): MismatchList {
  const byKey = new Map<string, Mismatch>();
  let unlisted = 0;
  return {
    add: (record) => {
      if (record.verdict === 'genuine') return;
      const made = mismatchOf(record);
      const key = JSON.stringify([made.verdict, made.title, made.lines]);
      const known = byKey.get(key) ?? (byKey.size < MOST_KINDS ? made : undefined);
      if (known === undefined) {
        unlisted += 1;
        return;
      }
      byKey.set(key, known);
      known.count += 1;
      if (known.places.length < MOST_PLACES) known.places.push(placeOf(record));
    },
    articles: () => {
      const all = [...byKey.values()].sort((one, other) => other.count - one.count);
      const rejected = all.filter(({ verdict }) => verdict === 'rejected');
      const others = all.filter(({ verdict }) => verdict !== 'rejected');
      return [
        rejected.length === 0
          ? undefined
          : html`<h2>What does not match, and why</h2>${rejected.map(article)}`,
        others.length === 0 ? undefined : othersTable(others),
        unlisted === 0
          ? undefined
          : html`<p>${grouped(unlisted)} more are wrong in other ways.</p>`,
      ];
    },
  };
}

function mismatchOf(record: VerifyRecord): Mismatch {
  const { verdict, reason, cause, suspicion, note } = record;
  const hint = hintText(record);
  const why = cause ?? undefined;
  const lines = [
    ...(reason === undefined ? [] : [['', reasonText(reason)] as const]),
    ...(hint === undefined ? [] : [['Try', hint] as const]),
    ...(why === undefined ? [] : [['Why', why.explanation] as const, ['Fix', why.fix] as const]),
    ...(suspicion === undefined
      ? []
      : [['Maybe', suspicion.explanation] as const, ['Fix', suspicion.fix] as const]),
    ...(cause === null ? [['', noCauseText(record)] as const] : []),
    ...(note === undefined ? [] : [['Note', note] as const]),
  ];
  return {
    verdict,
    title: mismatchName(record),
    lines,
    places: [],
    count: 0,
  };
}

/** The cause by its id, or what looks wrong but cannot be shown to be it. */
export function mismatchName({ cause, suspicion }: VerifyRecord): string {
  if (cause) return cause.id;
  return suspicion === undefined ? 'no known cause' : `perhaps ${suspicion.id}`;
}

function placeOf({ at }: VerifyRecord): string {
  return [at.file, at.line ?? at.entry].filter((part) => part !== undefined).join(':');
}

function article({ title, lines, places, count }: Mismatch): Markup {
  return html`<article class="failure">
<h3>✗ ${foreign(title)}</h3>
<p class="small"><span class="tag bad">rejected</span> <span class="soft">${counted(count, 'entry', 'entries')}</span></p>
${linesOf(lines)}
<p class="small soft">${placesOf(places, count)}</p>
</article>
`;
}

function linesOf(lines: Mismatch['lines']): MarkupValue {
  return lines.map(
    ([word, text]) =>
      html`<p>${word === '' ? undefined : html`<b>${word}:</b> `}${foreign(text, LINE)}</p>`,
  );
}

function placesOf(places: readonly string[], count: number): MarkupValue {
  const more = count - places.length;
  return [
    places.map((place, index) => html`${index === 0 ? '' : ' · '}${foreign(place)}`),
    more > 0 ? ` and ${grouped(more)} more` : undefined,
  ];
}

/** There is less to say of what has no digest, or cannot be read. */
function othersTable(others: readonly Mismatch[]): Markup {
  return html`<h2>Unsigned and malformed</h2>${table(
    'Unsigned and malformed entries',
    [
      { name: 'Verdict' },
      { name: 'Entries', isNumber: true },
      { name: 'What is wrong', isWide: true },
      { name: 'Where', isWide: true },
    ],
    others.map(({ verdict, lines, places, count }) => [
      verdict === 'unsigned' ? '? unsigned' : '! malformed',
      grouped(count),
      lines.length === 0 ? 'It came without a digest.' : linesOf(lines),
      placesOf(places, count),
    ]),
  )}`;
}
