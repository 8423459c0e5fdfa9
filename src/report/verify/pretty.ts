import type { Cause } from '../../diagnosis/diagnosis.js';
import type { LeftOverParts, VerifyRecord, VerifySummary } from '../../verification/records.js';
import { counted } from '../count.js';
import { EXIT, exitCodeOfVerify } from '../exit-code.js';
import { inLine } from '../foreign-text.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { wrapped } from '../wrap.js';

/** Entries of one verdict are listed up to this many, then only counted. */
const LISTED: Readonly<Record<VerifyRecord['verdict'], number>> = {
  genuine: 20,
  rejected: 100,
  unsigned: 100,
  malformed: 100,
};

const LISTED_LEFT_OVER = 20;

/** What `verify` need not list for this report: one more than is shown, to know that there is more. */
export const PRETTY_GENUINE = LISTED.genuine + 1;

/** For people: what is wrong and why, then what it all comes to. */
export function prettyVerify(palette: Palette): Renderer<VerifyRecord, VerifySummary> {
  const listed = { genuine: 0, rejected: 0, unsigned: 0, malformed: 0 };
  return {
    begin: () => '',
    record: (record) => {
      const { verdict } = record;
      listed[verdict] += 1;
      const left = LISTED[verdict] - listed[verdict];
      if (left >= 0) return entryText(record, palette);
      return left === -1 ? palette.dim(`… more ${verdict} ones are counted, not listed\n`) : '';
    },
    end: (summary) => summaryText(summary, palette),
  };
}

function entryText(record: VerifyRecord, palette: Palette): string {
  const lines = [
    ...(record.reason === undefined ? [] : [inLine(record.reason)]),
    ...(record.hint === undefined ? [] : [`${palette.bold('try:')} ${inLine(record.hint)}`]),
    ...causeLines(record.cause ?? undefined, 'why', palette),
    ...causeLines(record.suspicion, 'maybe', palette),
    ...(record.cause === null ? [noCause(record)] : []),
    ...(record.note === undefined ? [] : [palette.dim(`note: ${inLine(record.note)}`)]),
  ];
  const indented = lines.map((line) => `  ${wrapped(line, '  ')}\n`);
  return `${verdictLine(record, palette)}\n${indented.join('')}`;
}

function verdictLine({ at, verdict, bodyBytes, secret }: VerifyRecord, palette: Palette): string {
  const place = inLine(
    [at.file, at.line ?? at.entry].filter((part) => part !== undefined).join(':'),
  );
  const size = counted(bodyBytes, 'byte');
  switch (verdict) {
    case 'genuine':
      return `${palette.good('✓ genuine  ')} ${place}  ${size}${secret ? `  (secret ${secret + 1})` : ''}`;
    case 'rejected':
      return `${palette.bad('✗ rejected ')} ${place}  ${size}`;
    case 'unsigned':
      return `${palette.warn('? unsigned ')} ${place}  ${size}`;
    case 'malformed':
      return `${palette.bad('! malformed')} ${place}`;
    default:
      return verdict satisfies never;
  }
}

function causeLines(cause: Cause | undefined, word: string, palette: Palette): readonly string[] {
  if (cause === undefined) return [];
  return [
    `${palette.bold(`${word}:`)} ${inLine(cause.explanation)} ${palette.dim(`[${cause.id}]`)}`,
    `${palette.bold('fix:')} ${inLine(cause.fix)}`,
  ];
}

function noCause({ searchCut }: VerifyRecord): string {
  return searchCut === true
    ? 'No cause was found before the search was cut.'
    : 'No known mistake explains it: another secret, another body, or a forgery.';
}

function summaryText(summary: VerifySummary, palette: Palette): string {
  const { entries } = summary;
  const text = `${countsText(summary)} of ${entries}.\n`;
  const notes = summary.leftOver.slice(0, LISTED_LEFT_OVER).map((parts) => leftOverText(parts));
  return notes.map(palette.dim).join('') + resultText(summary, text, palette);
}

function resultText(summary: VerifySummary, text: string, palette: Palette): string {
  const causes = summary.causes
    .filter(() => summary.rejected > 1)
    .map(({ id, count }) => `  ${count} × ${id}\n`);
  switch (exitCodeOfVerify(summary)) {
    case EXIT.interrupted:
      return palette.warn(`! Interrupted: ${text}`);
    case EXIT.satisfied:
      return palette.good(`✓ ${text}`);
    case EXIT.couldNotTell:
      return palette.warn('? Nothing to verify: there is no web hook in the input.\n');
    default:
      return palette.bad(`✗ ${text}`) + causes.join('');
  }
}

function leftOverText({ file, parts, line, entry }: LeftOverParts): string {
  const first = [file, line ?? entry].filter((part) => part !== undefined).join(':');
  const verb = parts === 1 ? 'holds' : 'hold';
  const where = parts === 1 ? first : `${file}, the first at ${first}`;
  return `- ${counted(parts, 'part')} of ${inLine(where)} ${verb} no web hook\n`;
}

function countsText({ genuine, rejected, unsigned, malformed }: VerifySummary): string {
  return [
    `${genuine} genuine`,
    ...(rejected === 0 ? [] : [`${rejected} rejected`]),
    ...(unsigned === 0 ? [] : [`${unsigned} unsigned`]),
    ...(malformed === 0 ? [] : [`${malformed} malformed`]),
  ].join(', ');
}
