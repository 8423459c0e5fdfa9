import type { Cause } from '../../diagnosis/diagnosis.js';
import type { VerifyRecord, VerifySummary } from '../../verification/records.js';
import { counted, grouped } from '../count.js';
import { EXIT, exitCodeOfVerify } from '../exit-code.js';
import { inLine } from '../foreign-text.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { wrapped } from '../wrap.js';
import {
  countsText,
  hintText,
  leftOverText,
  NOTHING,
  noCauseText,
  reasonText,
  unlistedText,
} from './words.js';

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
      return left === -1 ? palette.dim(`${unlistedText(verdict)}\n`) : '';
    },
    end: (summary) => summaryText(summary, palette),
  };
}

function entryText(record: VerifyRecord, palette: Palette): string {
  const hint = hintText(record);
  const lines = [
    ...(record.reason === undefined ? [] : [inLine(reasonText(record.reason))]),
    ...(hint === undefined ? [] : [`${palette.bold('try:')} ${inLine(hint)}`]),
    ...causeLines(record.cause ?? undefined, 'why', palette),
    ...causeLines(record.suspicion, 'maybe', palette),
    ...(record.cause === null ? [noCauseText(record)] : []),
    ...(record.note === undefined ? [] : [palette.dim(`note: ${inLine(record.note)}`)]),
  ];
  const indented = lines.map((line) => `  ${wrapped(line, palette, '  ')}\n`);
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

function summaryText(summary: VerifySummary, palette: Palette): string {
  const notes = summary.leftOver
    .slice(0, LISTED_LEFT_OVER)
    .map((parts) => palette.dim(`- ${inLine(leftOverText(parts))}\n`));
  return notes.join('') + resultText(summary, palette);
}

function resultText(summary: VerifySummary, palette: Palette): string {
  const text = `${countsText(summary)}\n`;
  const causes = summary.causes
    .filter(() => summary.rejected > 1)
    .map(({ id, count }) => `  ${grouped(count)} × ${id}\n`);
  switch (exitCodeOfVerify(summary)) {
    case EXIT.interrupted:
      return palette.warn(`! Interrupted: ${text}`);
    case EXIT.satisfied:
      return palette.good(`✓ ${text}`);
    case EXIT.couldNotTell:
      return palette.warn(`? ${NOTHING}\n`);
    default:
      return palette.bad(`✗ ${text}`) + causes.join('');
  }
}
