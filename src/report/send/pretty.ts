import type { SendSummary, SentRecord } from '../../delivery/send-records.js';
import type { Answer } from '../../ports.js';
import type { Palette } from '../palette.js';
import { printable } from '../printable.js';
import { answerTime } from '../time.js';
import type { SendRenderer } from './renderer.js';

export interface SendStory {
  readonly url: string;
  readonly isSigned: boolean;
  readonly reproduce: string;
}

/** For people: everything about a single request, a line each about many. */
export function prettySend(
  story: SendStory,
  amount: 'single' | 'many',
  palette: Palette,
): SendRenderer {
  const reproduce = palette.dim(`reproduce: ${story.reproduce}\n`);
  return {
    begin: () => {
      const note = story.isSigned
        ? ''
        : palette.dim('note: no secret is given, so nothing is signed\n');
      return `${palette.bold('POST')} ${story.url}\n${note}`;
    },
    record: (record) =>
      amount === 'single' ? singleText(record, palette) : manyLine(record, palette),
    end: (summary) => {
      const totals = amount === 'single' ? '' : totalsLine(summary, palette);
      return totals + (summary.unexpected === 0 ? '' : reproduce);
    },
  };
}

function singleText(record: SentRecord, palette: Palette): string {
  const lines = [
    `  ${what(record)}`,
    ...record.digests.map((digest) => palette.dim(`  X-Payload-Digest: ${digest}`)),
    verdictText(record, palette),
    `  ${record.explanation}`,
    ...answerLines(record, palette),
  ];
  return `${lines.join('\n')}\n`;
}

function what({ event, resource, bodyBytes, tamper }: SentRecord): string {
  const subject = event === undefined ? 'your own body' : `${event} ${resource ?? ''}`.trimEnd();
  return `${subject}, ${bodyBytes} bytes${tamper === undefined ? '' : `, tampered: ${tamper}`}`;
}

function verdictText({ outcome, asExpected }: SentRecord, palette: Palette): string {
  const text = `${asExpected ? '✓' : '✗'} ${outcomeWords(outcome)}`;
  return asExpected ? palette.good(text) : palette.bad(text);
}

function outcomeWords(outcome: SentRecord['outcome']): string {
  if (outcome.kind === 'responded') return `${outcome.status} in ${answerTime(outcome.ms)}`;
  if ('ms' in outcome) return `${outcome.kind.replace('-', ' ')} after ${answerTime(outcome.ms)}`;
  return outcome.kind;
}

function answerLines({ outcome }: SentRecord, palette: Palette): readonly string[] {
  if (outcome.kind !== 'responded' || outcome.answer === undefined) return [];
  return bodyStart(outcome.answer).map((line) => palette.dim(`  │ ${line}`));
}

/** The first lines of the answer, safe to show: control characters are spelled out. */
function bodyStart({ body, bodyCut }: Answer): readonly string[] {
  const text = printable(new TextDecoder().decode(body)).trim();
  if (text === '') return [];
  const lines = text.split('\n');
  const shown = lines
    .slice(0, 5)
    .map((line) => (line.length > 74 ? `${line.slice(0, 73)}…` : line));
  return lines.length > 5 || bodyCut ? [...shown, '…'] : shown;
}

function manyLine(record: SentRecord, palette: Palette): string {
  const line = [verdictText(record, palette), record.event ?? 'own body', record.resource ?? '']
    .join(' ')
    .trimEnd();
  return `${line}\n${record.asExpected ? '' : `  ${record.explanation}\n`}`;
}

function totalsLine(summary: SendSummary, palette: Palette): string {
  const { sent, asExpected, acknowledgement, interrupted } = summary;
  const times =
    acknowledgement === undefined
      ? ''
      : `, p50 ${answerTime(acknowledgement.p50Ms)}, p95 ${answerTime(acknowledgement.p95Ms)}, max ${answerTime(acknowledgement.maxMs)}`;
  const text = `${asExpected} of ${sent} as expected${times}${interrupted ? ', interrupted' : ''}`;
  return asExpected === sent ? palette.good(`✓ ${text}\n`) : palette.bad(`✗ ${text}\n`);
}
