import type {
  ForwardRecord,
  ListenRecord,
  ListenSummary,
  ListenVerdict,
  RefusedRecord,
  RequestRecord,
} from '../../listening/records.js';
import type { Outcome } from '../../ports.js';
import { exitCodeOfListen } from '../exit-code.js';
import { inLine } from '../foreign-text.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { shellWord } from '../shell-words.js';
import { answerTime, duration } from '../time.js';
import type { ListenStory } from './story.js';

/** The longest common name of an event. */
const EVENT_WIDTH = 25;
const LONGEST_PATH = 40;

/** For people: a line a request, then what it all came to. */
export function prettyListen(
  story: ListenStory,
  palette: Palette,
): Renderer<ListenRecord, ListenSummary> {
  return {
    begin: () => readyText(story, palette),
    record: (record) => `${recordText(record, palette)}\n`,
    skipped: (records) =>
      palette.dim(`… ${count(records, 'line')} not shown: they came too fast to be read\n`),
    end: (summary) => endText(summary, story, palette),
  };
}

function readyText(story: ListenStory, palette: Palette): string {
  const { url, out, survives, checksDigests, forwardTo, redactedTo, seed } = story;
  const lines = [
    `${palette.bold('Listening')} on ${inLine(url)} → ${inLine(out)}`,
    palette.dim(
      `answered when on disk${survives === 'power-cut' ? ', synced' : ''} · ${checksDigests ? 'digests checked' : 'no secret, so digests are not checked'} · Ctrl-C ends`,
    ),
    ...(forwardTo === undefined ? [] : [palette.dim(`forwarding to ${inLine(forwardTo)}`)]),
    ...(redactedTo === undefined ? [] : [palette.dim(`redacted copy → ${inLine(redactedTo)}`)]),
    ...(seed === undefined ? [] : [palette.dim(`seed ${inLine(seed)}`)]),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function recordText(record: ListenRecord, palette: Palette): string {
  switch (record.kind) {
    case 'request':
      return requestText(record, palette);
    case 'refused':
      return refusedText(record, palette);
    case 'forwarded':
      return forwardText(record, palette);
    default:
      return record satisfies never;
  }
}

function requestText(record: RequestRecord, palette: Palette): string {
  const { at, verdict, bodyBytes, answer, reason } = record;
  const line = [
    at.slice(11, 19),
    verdictWord(verdict, palette),
    subjectOf(record),
    `${bodyBytes} bytes`,
    `→ ${answer === 200 ? answer : palette.warn(String(answer))}`,
  ].join(' ');
  return reason === undefined ? line : `${line}\n         ${palette.dim(inLine(reason))}`;
}

function verdictWord(verdict: ListenVerdict, palette: Palette): string {
  switch (verdict) {
    case 'genuine':
      return palette.good('✓ genuine ');
    case 'rejected':
      return palette.bad('✗ rejected');
    case 'unsigned':
      return palette.warn('? unsigned');
    case 'unchecked':
      return '· recorded';
    default:
      return verdict satisfies never;
  }
}

/** What is none of Inqud's is told by its request line. */
function subjectOf({ event, resource, method, path }: RequestRecord): string {
  if (event === 'unknown') return `unknown ${inLine(`${method} ${shortened(path)}`)}`;
  return named(event, resource);
}

function named(event: string, resource: string | undefined): string {
  return `${inLine(event).padEnd(EVENT_WIDTH)} ${shortId(resource ?? '')}`.trimEnd();
}

function shortened(path: string): string {
  return path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH - 1)}…` : path;
}

/** The start of an id tells resources apart: `CCO-8f57bdbe`. */
function shortId(id: string): string {
  return inLine(id).replace(/^([A-Z]+-[0-9a-f]{8})-.*$/, '$1');
}

function refusedText({ status, reason, remote }: RefusedRecord, palette: Palette): string {
  const from = remote === undefined ? '' : palette.dim(` (${inLine(remote)})`);
  return `         ${palette.warn(`! refused  ${status}`)} ${inLine(reason)}${from}`;
}

function forwardText(record: ForwardRecord, palette: Palette): string {
  const { event, resource, attempt, attempts, next } = record;
  const paint = next.kind === 'delivered' ? palette.good : palette.bad;
  return `         ${paint(`→ ${outcomeText(record.outcome)}`)} ${named(event, resource)} ${attempt}/${attempts}${nextText(record)}`;
}

function outcomeText(outcome: Outcome): string {
  if (outcome.kind === 'responded') return `${outcome.status} in ${answerTime(outcome.ms)}`;
  return outcome.kind.replace('-', ' ');
}

function nextText({ next }: ForwardRecord): string {
  switch (next.kind) {
    case 'delivered':
      return '';
    case 'retry':
      return `, again in ${duration(next.waitMs)}`;
    case 'lost':
      return ', LOST';
    case 'cancelled':
      return ', again after the next start';
    default:
      return next satisfies never;
  }
}

function endText(summary: ListenSummary, { out }: ListenStory, palette: Palette): string {
  const code = exitCodeOfListen(summary);
  const isWell = code === 0 || summary.ended === 'interrupted';
  const paint = isWell ? palette.good : palette.bad;
  const lines = [
    '',
    paint(`${isWell ? '✓' : '✗'} ${totals(summary)} → ${inLine(out)}`),
    ...(summary.missing === 0
      ? []
      : [`  ${summary.missing} fewer than asked for when the time was up`]),
    ...forwardLines(summary),
    ...(summary.requests === 0
      ? []
      : [palette.dim(`next: inqud-hook verify ${inLine(shellWord(out))}`)]),
  ];
  return `${lines.join('\n')}\n`;
}

function totals(summary: ListenSummary): string {
  const { requests, genuine, rejected, unsigned, refused } = summary;
  const verdicts = [
    ...some(genuine, 'genuine'),
    ...some(rejected, 'rejected'),
    ...some(unsigned, 'unsigned'),
  ];
  const checked = verdicts.length === 0 ? '' : ` (${verdicts.join(', ')})`;
  const rest = refused === 0 ? '' : `, ${refused} refused`;
  return `${count(requests, 'request')} recorded${checked}${rest}`;
}

function forwardLines({ forwarded }: ListenSummary): readonly string[] {
  if (forwarded === undefined) return [];
  const { attempts, delivered, lost, waiting } = forwarded;
  const parts = [
    `${delivered} delivered`,
    ...some(lost, 'lost'),
    ...some(waiting, 'waiting for a retry'),
  ];
  return [`  forwarded: ${parts.join(', ')}, in ${count(attempts, 'attempt')}`];
}

function some(number: number, text: string): readonly string[] {
  return number === 0 ? [] : [`${number} ${text}`];
}

function count(number: number, singular: string): string {
  return `${number} ${singular}${number === 1 ? '' : 's'}`;
}
