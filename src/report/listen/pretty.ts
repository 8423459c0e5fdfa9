import type {
  ForwardRecord,
  ListenRecord,
  ListenSummary,
  ListenVerdict,
  RefusedRecord,
  RequestRecord,
} from '../../listening/records.js';
import { DELIVERED_STATUS } from '../../webhook/scheme.js';
import { exitCodeOfListen } from '../exit-code.js';
import { inLine } from '../foreign-text.js';
import { textOf } from '../lines.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { shellWord } from '../shell-words.js';
import { reasonText } from '../verify/words.js';
import { outcomeText } from '../words.js';
import { wrapped } from '../wrap.js';
import type { ListenStory } from './story.js';
import {
  forwardedText,
  mannerText,
  missingText,
  nextText,
  skippedText,
  totalsText,
  waitingText,
} from './words.js';

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
    skipped: (records) => palette.dim(`${skippedText(records)}\n`),
    end: (summary) => endText(summary, story, palette),
  };
}

function readyText(story: ListenStory, palette: Palette): string {
  const { url, out, forwardTo, redactedTo, seed } = story;
  const lines = [
    `${palette.bold('Listening')} on ${inLine(url)} → ${inLine(out)}`,
    palette.dim(mannerText(story)),
    ...(forwardTo === undefined ? [] : [palette.dim(`forwarding to ${inLine(forwardTo)}`)]),
    ...(redactedTo === undefined ? [] : [palette.dim(`redacted copy → ${inLine(redactedTo)}`)]),
    ...(seed === undefined ? [] : [palette.dim(`seed ${inLine(seed)}`)]),
    '',
  ];
  return textOf(lines);
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
    `→ ${answer === DELIVERED_STATUS ? answer : palette.warn(String(answer))}`,
  ].join(' ');
  return reason === undefined
    ? line
    : `${line}\n         ${palette.dim(inLine(reasonText(reason)))}`;
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
  return `         ${paint(`→ ${outcomeText(record.outcome)}`)} ${named(event, resource)} ${attempt}/${attempts}${nextText(next)}`;
}

function endText(summary: ListenSummary, { out }: ListenStory, palette: Palette): string {
  const { forwarded } = summary;
  const code = exitCodeOfListen(summary);
  const isWell = code === 0 || summary.ended === 'interrupted';
  const paint = isWell ? palette.good : palette.bad;
  const lines = [
    '',
    paint(`${isWell ? '✓' : '✗'} ${totalsText(summary)} → ${inLine(out)}`),
    ...(summary.missing === 0 ? [] : [`  ${missingText(summary)}`]),
    ...(forwarded === undefined ? [] : [`  ${forwardedText(forwarded)}`]),
    ...(forwarded === undefined || forwarded.waiting === 0
      ? []
      : [palette.warn(wrapped(waitingText(forwarded), palette, '  '))]),
    ...(summary.requests === 0
      ? []
      : [palette.dim(`next: inqud-hook verify ${inLine(shellWord(out))}`)]),
  ];
  return textOf(lines);
}
