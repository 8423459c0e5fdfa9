import type { RunRecord, RunSummary } from '../../delivery/records.js';
import type { MalformedRecord, PlannedRecord } from '../../delivery/replay/records.js';
import { counted } from '../count.js';
import { inLine } from '../foreign-text.js';
import { textOf } from '../lines.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { columnsOf, recordLine, shortId } from '../run/attempt-line.js';
import { findingLines, lostLines } from '../run/losses.js';
import { verdictLine } from '../run/pretty.js';
import { totalLines } from '../run/totals.js';
import { answerAdvice, scheduleText } from '../run/words.js';
import { clockTime } from '../time.js';
import { wrapped } from '../wrap.js';
import type { ReplayStory } from './story.js';
import {
  DRY_RUN,
  leftText,
  malformedReason,
  malformedText,
  mannerTexts,
  nothingText,
  replayNoteText,
} from './words.js';

/** Malformed entries beyond this many are counted, not listed. */
const LISTED_MALFORMED = 10;
const DIGEST_START = 8;
const ID_DIGITS = 8;

/** For people: a line an attempt, then what it all came to. */
export function prettyReplay(
  story: ReplayStory,
  palette: Palette,
): Renderer<RunRecord, RunSummary> {
  const { eventWidth, rules, resources } = story;
  const layout = columnsOf(eventWidth, rules.waitsMs.length + 1, resources);
  return {
    begin: () => textOf(headLines(story, palette)),
    record: (record) => `${recordLine(record, layout, palette)}\n`,
    end: (summary) => textOf(tailLines(story, summary, palette)),
  };
}

/** For people: a line a request that would be sent. */
export function prettyPlanned(
  story: ReplayStory,
  palette: Palette,
): Renderer<PlannedRecord, number> {
  return {
    begin: () => textOf(headLines(story, palette)),
    record: (record) => `${plannedLine(record, story.eventWidth, palette)}\n`,
    end: () => textOf(['', ...captureLines(story, palette), DRY_RUN]),
  };
}

function headLines(story: ReplayStory, palette: Palette): readonly string[] {
  const { captures, capture, url, receiver, rules } = story;
  const target = receiver === undefined ? url : `${url} (built-in receiver: ${receiver})`;
  const facts = [...mannerTexts(story), scheduleText(rules)];
  const notes = [
    ...story.notes.map(replayNoteText),
    ...story.captureNotes.map(({ note, entries }) => `${counted(entries, 'capture')}: ${note}`),
  ];
  return [
    `${palette.bold('Replaying')} ${captures.replayed} of ${counted(captures.entries, 'capture')} in ${inLine(capture)}`,
    `→ ${inLine(target)}`,
    palette.dim(wrapped(`seed ${inLine(rules.seed)} · ${facts.join(' · ')}`, palette, '  ')),
    ...notes.map((note) => palette.dim(wrapped(`note: ${inLine(note)}`, palette, '  '))),
    ...malformedLines(story, palette),
    '',
  ];
}

function malformedLines({ malformed, captures }: ReplayStory, palette: Palette): readonly string[] {
  const more = captures.malformed - Math.min(malformed.length, LISTED_MALFORMED);
  return [
    ...malformed.slice(0, LISTED_MALFORMED).map((record) => malformedLine(record, palette)),
    ...(more === 0 ? [] : [palette.bad(`! malformed  ${more} more`)]),
  ];
}

function malformedLine({ at, reason, hint }: MalformedRecord, palette: Palette): string {
  const why = malformedReason(reason);
  const text = hint === undefined ? why : `${why} ${hint}`;
  return `${palette.bad('! malformed')}  ${placeText(at)}\n${wrapped(`  ${inLine(text)}`, palette, '  ')}`;
}

function placeText({ file, line, entry }: MalformedRecord['at']): string {
  const number = line ?? entry;
  return inLine(number === undefined ? file : `${file}:${number}`);
}

function tailLines(story: ReplayStory, summary: RunSummary, palette: Palette): readonly string[] {
  return [
    '',
    ...(story.captures.replayed === 0 ? [] : resultLines(summary, palette)),
    ...captureLines(story, palette),
    ...answerAdvice(summary).map((line) => palette.warn(wrapped(line, palette, '  '))),
    palette.dim(`reproduce: ${inLine(story.reproduce)}`),
  ];
}

function resultLines(summary: RunSummary, palette: Palette): readonly string[] {
  return [
    verdictLine(summary, palette),
    ...totalLines(summary),
    ...lostLines(summary).map(palette.bad),
    ...findingLines(summary).map((line) => palette.warn(wrapped(line, palette, '  '))),
  ];
}

/** What was not replayed, and why. */
function captureLines({ captures }: ReplayStory, palette: Palette): readonly string[] {
  const { malformed, replayed } = captures;
  const left = leftText(captures);
  return [
    ...(replayed === 0 ? [palette.warn(nothingText(captures))] : []),
    ...(left === '' || replayed === 0 ? [] : [`  ${'left away'.padEnd(15)}${left}`]),
    ...(malformed === 0 ? [] : [palette.bad(malformedText(captures))]),
  ];
}

function plannedLine(record: PlannedRecord, eventWidth: number, palette: Palette): string {
  const { dueMs, event, resource, bodyBytes, digests, at } = record;
  const digest = digests
    .map((value) => inLine(value.startsWith('(') ? value : value.slice(0, DIGEST_START)))
    .join(' ');
  return [
    clockTime(dueMs).padEnd(9),
    inLine(event).padEnd(eventWidth),
    shortId(resource, ID_DIGITS),
    `${bodyBytes} bytes`.padEnd(10),
    (digest === '' ? 'unsigned' : digest).padEnd(DIGEST_START),
    palette.dim(placeText(at)),
  ].join(' ');
}
