import type { RunRecord, RunSummary } from '../../delivery/records.js';
import { counted } from '../count.js';
import { EXIT, exitCodeOfRun } from '../exit-code.js';
import { inLine } from '../foreign-text.js';
import { textOf } from '../lines.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { wrapped } from '../wrap.js';
import { planColumns, recordLine } from './attempt-line.js';
import { findingLines, lostLines, withheldLines } from './losses.js';
import type { RunStory } from './story.js';
import { totalLines } from './totals.js';
import { adviceLines, runNoteText, scheduleText, verdictText } from './words.js';

/** For people: a line an attempt, then what it all came to. */
export function prettyRun(story: RunStory, palette: Palette): Renderer<RunRecord, RunSummary> {
  const layout = planColumns(story.plan, story.resources);
  return {
    begin: () => headLines(story, palette),
    record: (record) => `${recordLine(record, layout, palette)}\n`,
    end: (summary) => tailLines(story, summary, palette),
  };
}

function headLines(story: RunStory, palette: Palette): string {
  const { plan, url, receiver, signed, mockApi, notes, events, resources } = story;
  const target = receiver === undefined ? url : `${url} (built-in receiver: ${receiver})`;
  const lines = [
    `${palette.bold('Simulating')} ${counted(events, 'event')} of ${counted(resources, 'resource')}`,
    `→ ${inLine(target)}`,
    ...(mockApi === undefined ? [] : [`  mock Inqud API: ${inLine(mockApi)}`]),
    palette.dim(
      `seed ${inLine(plan.seed)} · ${signed ? 'signed' : 'unsigned'} · ${scheduleText(plan)}`,
    ),
    ...notes.map((note) =>
      palette.dim(wrapped(`note: ${inLine(runNoteText(note))}`, palette, '  ')),
    ),
    '',
  ];
  return textOf(lines);
}

function tailLines(story: RunStory, summary: RunSummary, palette: Palette): string {
  const lines = [
    '',
    verdictLine(summary, palette),
    ...totalLines(summary),
    ...lostLines(summary).map(palette.bad),
    ...withheldLines(summary).map(palette.warn),
    ...[...findingLines(summary, story.signed), ...adviceLines(story.plan, summary)].map((line) =>
      palette.warn(wrapped(line, palette, '  ')),
    ),
    palette.dim(`reproduce: ${inLine(story.reproduce)}`),
  ];
  return textOf(lines);
}

/** What a run came to, in a line. */
export function verdictLine(summary: RunSummary, palette: Palette): string {
  return verdictPaint(summary, palette)(verdictText(summary));
}

function verdictPaint(summary: RunSummary, palette: Palette) {
  const { withheld, total } = summary.events;
  switch (exitCodeOfRun(summary)) {
    case EXIT.interrupted:
      return palette.warn;
    case EXIT.satisfied:
      return palette.good;
    case EXIT.refused:
      return palette.bad;
    default:
      return withheld === total ? palette.warn : palette.bad;
  }
}
