import type { PlanDocument } from '../../delivery/plan-document.js';
import type { RunRecord, RunSummary } from '../../delivery/records.js';
import { counted } from '../count.js';
import { EXIT, exitCodeOfRun } from '../exit-code.js';
import { inLine } from '../foreign-text.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { duration } from '../time.js';
import { wrapped } from '../wrap.js';
import { adviceLines } from './advice.js';
import { layoutOf, recordLine } from './attempt-line.js';
import { findingLines, lostLines, withheldLines } from './losses.js';
import type { RunStory } from './story.js';
import { totalLines } from './totals.js';

/** For people: a line an attempt, then what it all came to. */
export function prettyRun(story: RunStory, palette: Palette): Renderer<RunRecord, RunSummary> {
  const layout = layoutOf(story.plan, story.resources);
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
    ...notes.map((note) => palette.dim(wrapped(`note: ${inLine(note)}`, '  '))),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

/** The retries of a run, in a few words. */
export function scheduleText(plan: Pick<PlanDocument, 'waitsMs'>): string {
  const waits = plan.waitsMs.slice(0, 4).map(duration);
  const more = plan.waitsMs.length > waits.length ? ', …' : '';
  if (waits.length === 0) return 'no retries';
  return `${counted(plan.waitsMs.length, 'retry', 'retries')} after ${waits.join(', ')}${more}`;
}

function tailLines(story: RunStory, summary: RunSummary, palette: Palette): string {
  const lines = [
    '',
    verdictLine(summary, palette),
    ...totalLines(summary),
    ...lostLines(summary).map(palette.bad),
    ...withheldLines(summary).map(palette.warn),
    ...[...findingLines(summary), ...adviceLines(story.plan, summary)].map((line) =>
      palette.warn(wrapped(line, '  ')),
    ),
    palette.dim(`reproduce: ${inLine(story.reproduce)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** What a run came to, in a line. */
export function verdictLine(summary: RunSummary, palette: Palette): string {
  const { total, delivered, lost, withheld, open } = summary.events;
  const took = `in ${duration(summary.lastPlanMs)} of plan time`;
  switch (exitCodeOfRun(summary)) {
    case EXIT.interrupted:
      return palette.warn(
        `! Interrupted: ${delivered} of ${total} delivered, ${open} not settled.`,
      );
    case EXIT.satisfied: {
      const rest = withheld === 0 ? '' : `, ${withheld} withheld by faults`;
      return palette.good(`✓ ${delivered} of ${counted(total, 'event')} delivered ${took}${rest}.`);
    }
    case EXIT.refused:
      return palette.bad(
        `✗ ${lost} of ${counted(total, 'event')} lost, ${delivered} delivered ${took}.`,
      );
    default:
      return withheld === total
        ? palette.warn('? Every event was withheld by faults: nothing is known of the receiver.')
        : palette.bad('? No attempt ever connected: is the receiver running?');
  }
}
