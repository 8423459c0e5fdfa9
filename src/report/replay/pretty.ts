import type { RunSummary } from '../../delivery/records.js';
import type {
  CaptureCounts,
  MalformedRecord,
  PlannedRecord,
} from '../../delivery/replay/records.js';
import type { Palette } from '../palette.js';
import { printable } from '../printable.js';
import { recordLine, shortId } from '../run/attempt-line.js';
import { answerAdvice, resultLines, scheduleText } from '../run/pretty.js';
import { clockTime } from '../time.js';
import type { PlannedRenderer, ReplayRenderer } from './renderer.js';
import type { ReplayStory } from './story.js';

/** Malformed entries beyond this many are counted, not listed. */
const LISTED_MALFORMED = 10;
const DIGEST_START = 8;

/** For people: a line an attempt, then what it all came to. */
export function prettyReplay(story: ReplayStory, palette: Palette): ReplayRenderer {
  return {
    begin: () => text(headLines(story, palette)),
    record: (record) => `${recordLine(record, story.eventWidth, palette)}\n`,
    end: (summary) => text(tailLines(story, summary, palette)),
  };
}

/** For people: a line a request that would be sent. */
export function prettyPlanned(story: ReplayStory, palette: Palette): PlannedRenderer {
  return {
    begin: () => text(headLines(story, palette)),
    record: (record) => `${plannedLine(record, story.eventWidth, palette)}\n`,
    end: () => text(['', ...captureLines(story, palette), 'Nothing was sent: this is a dry run.']),
  };
}

function headLines(story: ReplayStory, palette: Palette): readonly string[] {
  const { captures, capture, url, receiver, rules } = story;
  const target = receiver === undefined ? url : `${url} (built-in receiver: ${receiver})`;
  const facts = [orderText(story), timingText(story), signingText(story), scheduleText(rules)];
  return [
    `${palette.bold('Replaying')} ${captures.replayed} of ${count(captures.entries, 'capture')} in ${printable(capture)} → ${target}`,
    palette.dim(`seed ${rules.seed} · ${facts.join(' · ')}`),
    ...story.notes.map((note) => palette.dim(`note: ${note}`)),
    ...story.captureNotes.map(({ note, entries }) =>
      palette.dim(`note: ${count(entries, 'capture')}: ${printable(note)}`),
    ),
    ...malformedLines(story, palette),
    '',
  ];
}

function orderText({ order }: ReplayStory): string {
  return order === 'received' ? 'as received' : order === 'reverse' ? 'reversed' : 'shuffled';
}

function timingText({ speed }: ReplayStory): string {
  return speed === undefined ? 'no waiting' : `${speed} × the original speed`;
}

function signingText({ signing, freshIds }: ReplayStory): string {
  return freshIds ? `fresh ids, ${signing}` : signing;
}

function malformedLines({ malformed, captures }: ReplayStory, palette: Palette): readonly string[] {
  const more = captures.malformed - Math.min(malformed.length, LISTED_MALFORMED);
  return [
    ...malformed.slice(0, LISTED_MALFORMED).map((record) => malformedLine(record, palette)),
    ...(more === 0 ? [] : [palette.bad(`! malformed  ${more} more`)]),
  ];
}

function malformedLine({ at, reason }: MalformedRecord, palette: Palette): string {
  return `${palette.bad('! malformed')}  ${placeText(at)}  ${printable(reason)}`;
}

function placeText({ file, line, entry }: MalformedRecord['at']): string {
  const number = line ?? entry;
  return printable(number === undefined ? file : `${file}:${number}`);
}

function tailLines(story: ReplayStory, summary: RunSummary, palette: Palette): readonly string[] {
  const result = story.captures.replayed === 0 ? [] : resultLines(summary, palette);
  return [
    '',
    ...result,
    ...captureLines(story, palette),
    ...answerAdvice(summary).map((line) => palette.warn(line)),
    palette.dim(`reproduce: ${story.reproduce}`),
  ];
}

/** What was not replayed, and why. */
function captureLines({ captures }: ReplayStory, palette: Palette): readonly string[] {
  const { entries, malformed, replayed } = captures;
  const left = leftText(captures);
  return [
    ...(replayed === 0 ? [palette.warn(nothingText(captures))] : []),
    ...(left === '' || replayed === 0 ? [] : [`  ${'left away'.padEnd(15)}${left}`]),
    ...(malformed === 0
      ? []
      : [palette.bad(`✗ ${malformed} of ${count(entries, 'entry', 'entries')} malformed.`)]),
  ];
}

function nothingText(captures: CaptureCounts): string {
  const left = leftText(captures);
  if (captures.entries === 0) return '? Nothing to replay: there is no web hook in the capture.';
  return `? Nothing to replay${left === '' ? '' : `: ${left}`}.`;
}

function leftText({ unselected, otherMethods }: CaptureCounts): string {
  return [
    ...(unselected === 0 ? [] : [`${unselected} not selected`]),
    ...(otherMethods === 0 ? [] : [`${otherMethods} no POST`]),
  ].join(', ');
}

function plannedLine(record: PlannedRecord, eventWidth: number, palette: Palette): string {
  const { dueMs, event, resource, bodyBytes, digests, at } = record;
  const digest = digests.map((value) => printable(value).slice(0, DIGEST_START)).join(' ');
  return [
    clockTime(dueMs).padEnd(9),
    event.padEnd(eventWidth),
    shortId(resource),
    `${bodyBytes} bytes`.padEnd(10),
    (digest === '' ? 'unsigned' : digest).padEnd(DIGEST_START),
    palette.dim(placeText(at)),
  ].join(' ');
}

function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
