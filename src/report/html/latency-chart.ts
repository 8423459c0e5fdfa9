import type { Axis } from './axis.js';
import { html, type Markup } from './markup.js';

/** Times to an answer in some stretch of a run, in milliseconds. */
export interface LatencyColumn {
  readonly from: number;
  readonly to: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Shown to whoever points at it. */
  readonly title: string;
}

export interface LatencyChartContent {
  readonly axis: Axis;
  readonly columns: readonly LatencyColumn[];
  readonly limit: { readonly ms: number; readonly text: string };
  readonly label: string;
}

const HEIGHT_PX = 220;
const TOP_PX = 22;
const BOTTOM_PX = 22;
const BASE_PX = TOP_PX + HEIGHT_PX;
const DECADES = [
  [0.1, '0.1 ms'],
  [1, '1 ms'],
  [10, '10 ms'],
  [100, '100 ms'],
  [1_000, '1 s'],
  [10_000, '10 s'],
  [100_000, '100 s'],
  [1_000_000, '1,000 s'],
] as const;

/** From the median up to the longest, column by column; each line is ten times the one below it. */
export function latencyChart({ axis, columns, limit, label }: LatencyChartContent): Markup {
  const longestMs = Math.max(limit.ms, ...columns.map(({ maxMs }) => maxMs));
  const shortestMs = Math.min(...columns.map(({ p50Ms }) => p50Ms), 1);
  const lowest = DECADES.findLast(([ms]) => ms <= shortestMs)?.[0] ?? 0.1;
  const topMs = longestMs * 2;
  const yOf = (ms: number) => {
    const share = Math.log(Math.max(ms, lowest) / lowest) / Math.log(topMs / lowest);
    return Math.round((BASE_PX - HEIGHT_PX * share) * 10) / 10;
  };
  const levels = DECADES.filter(([ms]) => ms >= lowest && ms <= topMs);
  const limitY = yOf(limit.ms);
  return html`<div class="chart"><svg role="img" aria-label="${label}" height="${BASE_PX + BOTTOM_PX}">
${levels.map(
  ([ms, text]) =>
    html`<line class="grid" x1="0" x2="100%" y1="${yOf(ms)}" y2="${yOf(ms)}"/><text x="-8" y="${yOf(ms) + 4}" text-anchor="end">${text}</text>`,
)}
${axis.ticks.map(
  ({ x, text, isFine }) =>
    html`<text class="${isFine ? 'fine-tick' : ''}" x="${percent(x)}" y="${BASE_PX + 16}" text-anchor="middle">${text}</text>`,
)}
${columns.map((column) => range(column, axis, yOf))}
<line class="limit-halo" x1="0" x2="100%" y1="${limitY}" y2="${limitY}"/><line class="limit" x1="0" x2="100%" y1="${limitY}" y2="${limitY}"/><text class="limit-text" x="100%" y="${limitY - 6}" text-anchor="end">${limit.text}</text>
</svg></div>`;
}

function range(column: LatencyColumn, axis: Axis, yOf: (ms: number) => number): Markup {
  const { p50Ms, p99Ms, maxMs, title } = column;
  const from = axis.at(column.from);
  const width = axis.at(column.to) - from;
  const [x, wide] = [percent(from + width * 0.08), percent(width * 0.84)];
  const [bottom, middle, top] = [yOf(p50Ms), yOf(p99Ms), yOf(maxMs)];
  return html`<g><title>${title}</title><rect class="part rare" x="${x}" width="${wide}" y="${top}" height="${high(middle - top)}"/><rect class="part plain" x="${x}" width="${wide}" y="${middle}" height="${high(bottom - middle)}"/></g>
`;
}

/** What takes always as long is seen as well. */
function high(px: number): number {
  return Math.max(2, Math.round(px * 10) / 10);
}

function percent(x: number): string {
  return `${Math.round(x * 1_000) / 1_000}%`;
}
