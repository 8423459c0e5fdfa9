import type { ForecastStep, ForecastSummary } from '../../forecast/records.js';
import { EXIT, exitCodeOfForecast } from '../exit-code.js';
import { textOf } from '../lines.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { type Width, wrapped } from '../wrap.js';
import { plotLines } from './plot.js';
import type { ForecastStory } from './story.js';
import {
  adviceText,
  backRows,
  downRows,
  noteTexts,
  receiverRows,
  retriesText,
  type TextRow,
  titleText,
  verdictText,
} from './words.js';

const ROW_INDENT = ' '.repeat(15);

/** For people: what an outage does, a small plot of what comes back, and what to do. */
export function prettyForecast(
  story: ForecastStory,
  palette: Palette,
): Renderer<ForecastStep, ForecastSummary> {
  const steps: ForecastStep[] = [];
  return {
    begin: () => textOf(headLines(story, palette)),
    record: (step) => {
      steps.push(step);
      return '';
    },
    end: (summary) => textOf(tailLines(story, { steps, summary }, palette)),
  };
}

function headLines(story: ForecastStory, palette: Palette): readonly string[] {
  return [
    wrapped(`${palette.bold('Forecasting')} ${titleText(story)}`, palette, '  '),
    palette.dim(wrapped(retriesText(story), palette, '  ')),
    ...noteTexts(story).map((note) => palette.dim(wrapped(`note: ${note}`, palette, '  '))),
    '',
  ];
}

interface Told {
  readonly steps: readonly ForecastStep[];
  readonly summary: ForecastSummary;
}

function tailLines(
  story: ForecastStory,
  { steps, summary }: Told,
  palette: Palette,
): readonly string[] {
  const { receiver, advice } = summary;
  const { unit, arrivals } = story;
  if (arrivals.kind === 'capture' && arrivals.webHooks === 0) {
    return [verdictLine(summary, story, palette)];
  }
  const row = (one: TextRow) => rowText(one, palette);
  const plot = { steps, unit, capacityPerSecond: receiver?.capacity.perSecond };
  return [
    palette.bold('While the receiver is down'),
    ...downRows(summary, story).map(row),
    palette.bold('After the recovery'),
    ...backRows(summary, story).map(row),
    ...(receiver === undefined ? [] : receiverRows(receiver, story).map(row)),
    '',
    ...withGap(plotLines(plot, palette)),
    verdictLine(summary, story, palette),
    ...advice.map((one) => `- ${wrapped(adviceText(one, summary, unit), palette, '  ')}`),
  ];
}

function rowText([word, text]: TextRow, width: Width): string {
  return `  ${word.padEnd(13)}${wrapped(text, width, ROW_INDENT)}`;
}

function withGap(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [...lines, ''];
}

function verdictLine(summary: ForecastSummary, story: ForecastStory, palette: Palette): string {
  const text = verdictText(summary, story);
  switch (exitCodeOfForecast(summary, story.arrivals)) {
    case EXIT.satisfied:
      return palette.good(text);
    case EXIT.interrupted:
    case EXIT.couldNotTell:
      return palette.warn(text);
    default:
      return palette.bad(text);
  }
}
