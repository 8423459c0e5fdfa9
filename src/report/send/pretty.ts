import type { SendSummary, SentRecord } from '../../delivery/send-records.js';
import type { Answer } from '../../ports.js';
import { DIGEST_HEADER } from '../../webhook/scheme.js';
import { firstOnes } from '../distinct.js';
import { inLine, inLines } from '../foreign-text.js';
import { textOf } from '../lines.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { sendNoteText } from '../words.js';
import { wrapped } from '../wrap.js';
import type { SendStory } from './story.js';
import { cameText, contentText, explanationOf, subjectText, totalsText } from './words.js';

/** For people: everything about a single request, a line each about many. */
export function prettySend(
  story: SendStory,
  amount: 'single' | 'many',
  palette: Palette,
): Renderer<SentRecord, SendSummary> {
  const manyText = createManyText(palette);
  return {
    begin: () => {
      const notes = story.notes.map((note) => palette.dim(`note: ${inLine(sendNoteText(note))}\n`));
      return `${palette.bold('POST')} ${inLine(story.url)}\n${notes.join('')}`;
    },
    record: (record) => (amount === 'single' ? singleText(record, palette) : manyText(record)),
    end: (summary) => {
      const totals = amount === 'single' ? '' : totalsLine(summary, palette);
      const reproduce = palette.dim(`reproduce: ${inLine(story.reproduce)}\n`);
      return totals + (summary.unexpected === 0 ? '' : reproduce);
    },
  };
}

function singleText(record: SentRecord, palette: Palette): string {
  const lines = [
    `  ${wrapped(inLine(contentText(record)), palette, '  ')}`,
    ...record.digests.map((digest) =>
      palette.dim(`  ${DIGEST_HEADER}: ${inLine(digest)}`.trimEnd()),
    ),
    verdictText(record, palette),
    `  ${wrapped(inLine(explanationText(record)), palette, '  ')}`,
    ...answerLines(record, palette),
  ];
  return textOf(lines);
}

function explanationText({ because, digests }: SentRecord): string {
  return explanationOf(because, digests.length > 0);
}

function verdictText({ outcome, asExpected }: SentRecord, palette: Palette): string {
  const text = `${asExpected ? '✓' : '✗'} ${cameText(outcome)}`;
  return asExpected ? palette.good(text) : palette.bad(text);
}

function answerLines({ outcome }: SentRecord, palette: Palette): readonly string[] {
  if (outcome.kind !== 'responded' || outcome.answer === undefined) return [];
  return bodyStart(outcome.answer).map((line) => palette.dim(`  │ ${line}`));
}

/** The first lines of the answer, safe to show: control characters are spelled out. */
function bodyStart({ body, bodyCut }: Answer): readonly string[] {
  const text = inLines(new TextDecoder().decode(body)).trim();
  if (text === '') return [];
  const lines = text.split('\n');
  const shown = lines
    .slice(0, 5)
    .map((line) => (line.length > 74 ? `${line.slice(0, 73)}…` : line));
  return lines.length > 5 || bodyCut ? [...shown, '…'] : shown;
}

/** An explanation is given once: the same refusal a thousand times needs no thousand reasons. */
function createManyText(palette: Palette): (record: SentRecord) => string {
  const isNew = firstOnes();
  return (record) => {
    const { asExpected, because } = record;
    const line = `${inLine(subjectText(record))} ${verdictText(record, palette)}\n`;
    if (asExpected || !isNew(because)) return line;
    return `${line}  ${wrapped(inLine(explanationText(record)), palette, '  ')}\n`;
  };
}

function totalsLine(summary: SendSummary, palette: Palette): string {
  const text = totalsText(summary);
  return summary.unexpected === 0 ? palette.good(`✓ ${text}\n`) : palette.bad(`✗ ${text}\n`);
}
