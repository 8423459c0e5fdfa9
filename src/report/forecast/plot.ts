import type { RateUnit } from '../../forecast/arrival-rate.js';
import { rateIn } from '../../forecast/forecast-rate.js';
import type { ForecastStep } from '../../forecast/records.js';
import type { Palette } from '../palette.js';
import { duration } from '../time.js';
import { rateText } from './rate-text.js';

/** What is drawn beside the series. */
export interface ForecastPlot {
  readonly steps: readonly ForecastStep[];
  readonly unit: RateUnit;
  readonly capacityPerSecond: number | undefined;
}

const MOST_COLUMNS = 56;
const FEWEST_COLUMNS = 8;
const ROWS = 6;
/** Fewer show no shape. */
const FEWEST_STEPS = 8;
const EIGHTHS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const IN_VAIN = '░';
const CAPACITY = '╌';
/** A capacity that is higher than this many times all the rest would press it flat. */
export const CAPACITY_IN_VIEW = 1.5;

interface PlotColumn {
  readonly perSecond: number;
  readonly isDown: boolean;
}

/** The rate of attempts over time, of which those in vain are shaded. Empty where nothing happens. */
export function plotLines(plot: ForecastPlot, palette: Palette): readonly string[] {
  const { steps, unit, capacityPerSecond: capacity } = plot;
  const highest = steps.reduce((most, { perSecond }) => Math.max(most, perSecond), 0);
  if (steps.length < FEWEST_STEPS || highest === 0) return [];
  const isInView = capacity !== undefined && capacity <= highest * CAPACITY_IN_VIEW;
  const top = isInView ? Math.max(highest, capacity) : highest;
  const marks = new Map([[rowOf(highest, top), perSecondText(highest, unit)]]);
  if (isInView) marks.set(rowOf(capacity, top), `capacity ${perSecondText(capacity, unit)}`);
  const width = Math.max(...[...marks.values()].map((mark) => mark.length));
  const columns = columnsOf(
    steps,
    Math.max(FEWEST_COLUMNS, Math.min(MOST_COLUMNS, palette.columns - width - 2)),
  );
  const drawing = { top, capacityRow: isInView ? rowOf(capacity, top) : undefined, palette };
  const rows = Array.from({ length: ROWS }, (_, index) => ROWS - 1 - index).map((row) => {
    const cells = columns.map((column) => cell(column, row, drawing)).join('');
    return `${(marks.get(row) ?? '').padStart(width)} ┤${cells}`.trimEnd();
  });
  return [...rows, ...axisLines(steps, columns, width)];
}

interface Drawing {
  readonly top: number;
  readonly capacityRow: number | undefined;
  readonly palette: Palette;
}

function cell({ perSecond, isDown }: PlotColumn, row: number, drawing: Drawing): string {
  const { top, capacityRow, palette } = drawing;
  const eighths = Math.round(((perSecond / top) * ROWS - row) * 8);
  const least = row === 0 && perSecond > 0 ? 1 : 0;
  const filled = EIGHTHS[Math.min(8, Math.max(least, eighths))] ?? ' ';
  if (isDown && eighths > 3) return palette.dim(IN_VAIN);
  if (!isDown && filled !== ' ') return filled;
  return row === capacityRow ? palette.warn(CAPACITY) : ' ';
}

/** The row in which a bar of this height ends. */
function rowOf(perSecond: number, top: number): number {
  return Math.min(ROWS - 1, Math.max(0, Math.ceil((perSecond / top) * ROWS) - 1));
}

/** Each column shows the highest of its steps, and none reaches over the recovery. */
function columnsOf(steps: readonly ForecastStep[], columns: number): readonly PlotColumn[] {
  const down = steps.filter(({ toMs }) => toMs <= 0);
  const up = steps.filter(({ toMs }) => toMs > 0);
  const most = Math.min(columns, steps.length);
  const upColumns = Math.ceil((most * up.length) / steps.length);
  return [
    ...gathered(down, Math.min(down.length, most - upColumns), true),
    ...gathered(up, upColumns, false),
  ];
}

function gathered(steps: readonly ForecastStep[], columns: number, isDown: boolean) {
  return Array.from({ length: columns }, (_, index) => {
    const from = Math.floor((index * steps.length) / columns);
    const to = Math.max(from + 1, Math.floor(((index + 1) * steps.length) / columns));
    const rates = steps.slice(from, to).map(({ perSecond }) => perSecond);
    return { perSecond: Math.max(...rates), isDown };
  });
}

/** When it begins, where the recovery is and when it ends. */
function axisLines(
  steps: readonly ForecastStep[],
  columns: readonly PlotColumn[],
  width: number,
): readonly string[] {
  const down = columns.filter(({ isDown }) => isDown).length;
  const [first, last] = [steps[0], steps.at(-1)];
  const begin = first === undefined || down === 0 ? '' : `-${duration(-first.fromMs)}`;
  const end = last === undefined ? '' : `+${duration(last.toMs)}`;
  const up = columns.length - down;
  const line = `${'─'.repeat(down)}${down === 0 ? '' : '┬'}${'─'.repeat(Math.max(0, up - (down === 0 ? 0 : 1)))}`;
  const back = 'back';
  const left = begin.length + 1 > down ? ''.padEnd(down) : begin.padEnd(down);
  const right = up > back.length + end.length ? back + end.padStart(up - back.length) : back;
  const pad = ' '.repeat(width + 1);
  return [`${pad}└${line}`, `${pad} ${left}${right}`.trimEnd()];
}

function perSecondText(perSecond: number, unit: RateUnit): string {
  return rateText(rateIn(perSecond, 1_000), unit);
}
