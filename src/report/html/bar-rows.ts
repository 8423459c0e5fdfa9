import { grouped } from '../count.js';
import type { Axis } from './axis.js';
import type { Bins } from './bins.js';
import { html, type Markup, type MarkupValue } from './markup.js';
import { behind, table } from './parts.js';

/** A row of bars: how often one thing happened, over an axis that all rows share. */
export interface BarRow {
  readonly category: string;
  /** A sign and a word, or what others call it. */
  readonly label: string;
  readonly fill: 'good' | 'bad' | 'warn' | 'soft' | 'calm';
}

export interface BarsContent {
  readonly bins: Bins;
  readonly axis: Axis;
  readonly rows: readonly BarRow[];
  /** What a place on the axis is called in the table: `Time`. */
  readonly placeName: string;
  readonly placeText: (place: number) => string;
  readonly caption: string;
}

const COLUMNS = 80;
const ROW_PX = 44;
/** A single thing among many is still seen. */
const LEAST_PX = 4;

interface BarColumn {
  readonly from: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** A picture of what is summed, each row by its own measure, and the table behind it. */
export function barRows(content: BarsContent): Markup {
  const { axis, rows } = content;
  const columns = columnsOf(content);
  return html`<div class="figure">${axisTrack(axis)}
<ol class="rows">${rows.map((row) => barRow(row, columns, axis))}</ol>
${behind('The numbers as a table', numbers(content, columns))}</div>`;
}

/** The axis above rows that are as wide. */
export function axisTrack(axis: Axis): Markup {
  return html`<div class="track axis" aria-hidden="true"><span></span><div class="plot"><svg height="16">${axis.ticks.map(
    ({ x, text, isFine }) =>
      html`<text class="${isFine ? 'fine-tick' : ''}" x="${percent(x)}" y="12" text-anchor="middle">${text}</text>`,
  )}</svg></div></div>`;
}

function columnsOf({ bins, axis }: BarsContent): readonly BarColumn[] {
  const columns = new Map<number, { from: number; counts: Map<string, number> }>();
  for (const { place, counts } of bins.entries()) {
    const index = Math.min(COLUMNS - 1, Math.floor((axis.at(place) / 100) * COLUMNS));
    const column = columns.get(index) ?? { from: place, counts: new Map<string, number>() };
    columns.set(index, column);
    for (const [category, count] of counts) {
      column.counts.set(category, (column.counts.get(category) ?? 0) + count);
    }
  }
  return [...columns.values()];
}

function barRow({ category, label, fill }: BarRow, columns: readonly BarColumn[], axis: Axis) {
  const counts = columns.map((column) => column.counts.get(category) ?? 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const most = Math.max(1, ...counts);
  return html`<li class="lane"><div class="track"><div><b><bdi>${label}</bdi></b><br><span class="small soft">${grouped(total)}</span></div>
<div class="plot"><svg role="img" aria-label="${`${label}: ${grouped(total)}, at most ${grouped(most)} in a bar`}" height="${ROW_PX}">${axis.ticks.map(
    ({ x }) => html`<line class="grid" x1="${percent(x)}" x2="${percent(x)}" y1="0" y2="100%"/>`,
  )}<line class="rail" x1="0" x2="100%" y1="${ROW_PX}" y2="${ROW_PX}"/>${columns.map(
    (column, index) => bar(column.from, counts[index] ?? 0, { most, fill, axis }),
  )}</svg></div></div></li>
`;
}

interface BarLook {
  readonly most: number;
  readonly fill: BarRow['fill'];
  readonly axis: Axis;
}

function bar(from: number, count: number, { most, fill, axis }: BarLook): MarkupValue {
  if (count === 0) return undefined;
  const heightPx = LEAST_PX + Math.round((count / most) * (ROW_PX - LEAST_PX - 4));
  const index = Math.min(COLUMNS - 1, Math.floor((axis.at(from) / 100) * COLUMNS));
  const x = percent((100 * index) / COLUMNS);
  return html`<rect class="${`fill-${fill}`}" x="${x}" width="${percent(85 / COLUMNS)}" y="${ROW_PX - heightPx}" height="${heightPx}" rx="1"><title>${grouped(count)}</title></rect>`;
}

function numbers(
  { rows, placeName, placeText, caption }: BarsContent,
  columns: readonly BarColumn[],
) {
  return table(
    caption,
    [{ name: placeName }, ...rows.map(({ label }) => ({ name: label, isNumber: true as const }))],
    columns.map(({ from, counts }) => [
      placeText(from),
      ...rows.map(({ category }) => grouped(counts.get(category) ?? 0)),
    ]),
  );
}

function percent(x: number): string {
  return `${Math.round(x * 100) / 100}%`;
}
