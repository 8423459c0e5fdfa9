import type { LimitStep, LimitSummary } from '../../../load/records.js';
import { EXIT, exitCodeOfLimit } from '../../exit-code.js';
import { inLine } from '../../foreign-text.js';
import { textOf } from '../../lines.js';
import type { Palette } from '../../palette.js';
import type { Renderer, Report } from '../../renderer.js';
import { wrapped } from '../../wrap.js';
import { forecastLines, limitVerdict, limitWarnings, stepText } from './words.js';

/** What the report of a limit says about it beside its steps. */
export interface LimitStory {
  readonly url: string;
  readonly isSigned: boolean;
  readonly seed: string;
  readonly reproduce: string;
}

/** The report of the search for the highest rate. */
export function limitReport(story: LimitStory): Report<LimitStep, LimitSummary> {
  const { url, isSigned, seed, reproduce } = story;
  return {
    machine: {
      head: { command: 'burst', findsLimit: true, url, signed: isSigned, seed },
      list: 'steps',
      end: (summary) => ({ summary, beside: { reproduce, exitCode: exitCodeOfLimit(summary) } }),
    },
    pretty: (palette) => prettyLimit(story, palette),
  };
}

function prettyLimit(
  { url, isSigned, seed, reproduce }: LimitStory,
  palette: Palette,
): Renderer<LimitStep, LimitSummary> {
  return {
    begin: () =>
      textOf([
        `${palette.bold('Finding')} the highest rate that holds`,
        `→ ${inLine(url)}`,
        palette.dim(`seed ${inLine(seed)} · ${isSigned ? 'signed' : 'unsigned'}`),
        '',
      ]),
    record: (step) => {
      const paint = step.verdict === 'held' ? palette.good : palette.bad;
      return `${paint(stepText(step))}\n`;
    },
    end: (summary) => {
      const paint = exitCodeOfLimit(summary) === EXIT.satisfied ? palette.good : palette.bad;
      return textOf([
        '',
        paint(wrapped(limitVerdict(summary), palette, '  ')),
        ...limitWarnings(summary).map((line) => wrapped(line, palette, '  ')),
        ...forecastLines(summary),
        palette.dim(`reproduce: ${inLine(reproduce)}`),
      ]);
    },
  };
}
