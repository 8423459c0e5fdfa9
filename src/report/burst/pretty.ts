import type { FailedRecord, LoadSummary } from '../../load/records.js';
import { counted, grouped } from '../count.js';
import { firstOnes } from '../distinct.js';
import { EXIT, exitCodeOfBurst } from '../exit-code.js';
import { inLine } from '../foreign-text.js';
import { textOf } from '../lines.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { runNoteText } from '../run/words.js';
import { type Width, wrapped } from '../wrap.js';
import { seriesLines } from './series-table.js';
import type { BurstStory } from './story.js';
import { burstTotals } from './totals.js';
import { burstAdvice, failedText, rateText, verdictText, wrongStateText } from './words.js';

/** Failures beyond these are counted, not shown. */
const SHOWN_FAILURES = 5;

/** For people: the first failures, then what it all came to, and how it went over time. */
export function prettyBurst(
  story: BurstStory,
  palette: Palette,
): Renderer<FailedRecord, LoadSummary> {
  const shown: FailedRecord[] = [];
  let failures = 0;
  const isNew = firstOnes();
  return {
    begin: () => headLines(story, palette),
    record: (failed) => {
      failures += 1;
      if (failures > SHOWN_FAILURES) return '';
      shown.push(failed);
      const text = failedText(failed, { isNew, isSigned: story.isSigned });
      return palette.bad(`✗ ${wrapped(inLine(text), palette, '  ')}\n`);
    },
    end: (summary) => tailLines(story, { summary, shown }, palette),
  };
}

function headLines(story: BurstStory, palette: Palette): string {
  const { planned, resources, url, seed, isSigned, asked, notes } = story;
  return textOf([
    `${palette.bold('Sending')} ${counted(planned, 'web hook')} of ${counted(resources, 'resource')}, ${rateText(asked)}`,
    `→ ${inLine(url)}`,
    palette.dim(
      `seed ${inLine(seed)} · ${isSigned ? 'signed' : 'unsigned'} · ${asked.spread} arrivals`,
    ),
    ...notes.map((note) =>
      palette.dim(wrapped(`note: ${inLine(runNoteText(note))}`, palette, '  ')),
    ),
    '',
  ]);
}

interface Told {
  readonly summary: LoadSummary;
  /** The failures that are told one by one. */
  readonly shown: readonly FailedRecord[];
}

function tailLines(story: BurstStory, { summary, shown }: Told, palette: Palette): string {
  const more = summary.failed > SHOWN_FAILURES ? [`  … ${grouped(summary.failed)} in all`, ''] : [];
  const space = summary.failed > 0 && more.length === 0 ? [''] : [];
  return textOf([
    ...more.map((line) => palette.bad(line)),
    ...space,
    verdictPaint(summary, palette)(wrapped(verdictText(story.asked, summary), palette, '  ')),
    ...burstTotals(summary),
    ...stateLines(summary, palette).map((line) => palette.bad(line)),
    ...seriesLines(summary),
    ...burstAdvice(story.asked, summary, shown).map((line) =>
      palette.warn(wrapped(line, palette, '  ')),
    ),
    palette.dim(`reproduce: ${inLine(story.reproduce)}`),
  ]);
}

function verdictPaint(summary: LoadSummary, palette: Palette) {
  switch (exitCodeOfBurst(summary)) {
    case EXIT.satisfied:
      return palette.good;
    case EXIT.refused:
      return palette.bad;
    default:
      return palette.warn;
  }
}

function stateLines({ states }: LoadSummary, width: Width): readonly string[] {
  if (states === undefined) return [];
  const { wrong, lost, otherwise } = states;
  const shown = wrong.slice(0, SHOWN_FAILURES);
  const more = lost + otherwise - shown.length;
  return [
    ...shown.map((one) => `    ${wrapped(inLine(wrongStateText(one)), width, '      ')}`),
    ...(more > 0 ? [`    … and ${more} more`] : []),
  ];
}
