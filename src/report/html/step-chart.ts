import type { Axis } from './axis.js';
import { html, type Markup, type MarkupValue } from './markup.js';

/** What a part of a column stands for: a filling that a pattern tells apart from the others. */
export type Filling = 'plain' | 'vain' | 'late' | 'rare';

/** Some time, and how high what happened in it is, part upon part. */
export interface ChartStep {
  readonly from: number;
  readonly to: number;
  readonly parts: readonly { readonly filling: Filling; readonly value: number }[];
  /** How high it was meant to be. */
  readonly expected?: number;
  /** Shown to whoever points at it. */
  readonly title: string;
}

export interface ChartContent {
  readonly axis: Axis;
  readonly steps: readonly ChartStep[];
  /** What the picture shows, for whoever does not see it. */
  readonly label: string;
  /** A height as its axis says it. */
  readonly valueText: (value: number) => string;
  /** Heights that matter, such as what a receiver takes. */
  readonly limits: readonly { readonly value: number; readonly text: string }[];
  /** Places that matter, such as the recovery. */
  readonly moments: readonly { readonly place: number; readonly text: string }[];
}

const HEIGHT_PX = 240;
/** Room above for what is said of a moment. */
const TOP_PX = 22;
const BOTTOM_PX = 22;
const MOST_LEVELS = 5;

/** Columns over time, with the lines they are held against. */
export function stepChart(content: ChartContent): Markup {
  const { axis, steps, label, limits, moments } = content;
  const top = topOf(content);
  const yOf = (value: number) => round(TOP_PX + HEIGHT_PX * (1 - Math.min(1, value / top)));
  const base = TOP_PX + HEIGHT_PX;
  return html`<div class="chart"><svg role="img" aria-label="${label}" height="${base + BOTTOM_PX}">
${levelsOf(top).map((value) => level(value, yOf(value), content))}
${axis.ticks.map(
  ({ x, text, isFine }) =>
    html`<text class="${isFine ? 'fine-tick' : ''}" x="${percent(x)}" y="${base + 16}" text-anchor="middle">${text}</text>`,
)}
<g shape-rendering="crispEdges">${steps.map((step) => column(step, yOf, content))}${steps.map((step) => expectedLine(step, yOf, axis))}</g>
${limits.filter(({ value }) => value <= top).map(({ value, text }) => limitLine(yOf(value), text))}
${moments.map(({ place, text }) => momentLine(axis.at(place), text, base))}
</svg></div>`;
}

function topOf({ steps, limits }: ChartContent): number {
  const highest = Math.max(
    ...steps.flatMap((step) => [heightOf(step), step.expected ?? 0]),
    ...limits.map(({ value }) => value),
    0,
  );
  const unit = 10 ** Math.floor(Math.log10(highest || 1));
  return (
    ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((times) => times * unit >= highest * 1.02) ?? 11) * unit
  );
}

function heightOf({ parts }: ChartStep): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}

function levelsOf(top: number): readonly number[] {
  const unit = 10 ** Math.floor(Math.log10(top));
  const step =
    [0.1, 0.2, 0.25, 0.5, 1, 2, 5].find((size) => top / (size * unit) <= MOST_LEVELS) ?? 10;
  const size = step * unit;
  return Array.from({ length: Math.floor(top / size + 1e-9) + 1 }, (_, index) => index * size);
}

function level(value: number, y: number, { valueText }: ChartContent): Markup {
  return html`<line class="${value === 0 ? 'rail' : 'grid'}" x1="0" x2="100%" y1="${y}" y2="${y}"/><text x="-8" y="${y + 4}" text-anchor="end">${valueText(value)}</text>`;
}

function column(
  step: ChartStep,
  yOf: (value: number) => number,
  { axis }: ChartContent,
): MarkupValue {
  const from = axis.at(step.from);
  const width = axis.at(step.to) - from;
  let below = 0;
  const rects = step.parts.flatMap(({ filling, value }) => {
    if (value <= 0) return [];
    const bottom = yOf(below);
    below += value;
    const y = yOf(below);
    return [
      html`<rect class="${`part ${filling}`}" x="${percent(from)}" width="${percent(width)}" y="${y}" height="${round(Math.max(1, bottom - y))}"/>`,
    ];
  });
  return rects.length === 0
    ? undefined
    : html`<g><title>${step.title}</title>${rects}</g>
`;
}

function expectedLine(
  { from, to, expected }: ChartStep,
  yOf: (value: number) => number,
  axis: Axis,
): MarkupValue {
  if (expected === undefined || expected === 0) return undefined;
  const y = yOf(expected);
  return html`<line class="expected" x1="${percent(axis.at(from))}" x2="${percent(axis.at(to))}" y1="${y}" y2="${y}"/>`;
}

function limitLine(y: number, text: string): Markup {
  return html`<line class="limit-halo" x1="0" x2="100%" y1="${y}" y2="${y}"/><line class="limit" x1="0" x2="100%" y1="${y}" y2="${y}"/><text class="limit-text" x="100%" y="${y - 6}" text-anchor="end">${text}</text>`;
}

function momentLine(x: number, text: string, base: number): Markup {
  const isLeft = x > 60;
  return html`<line class="moment" x1="${percent(x)}" x2="${percent(x)}" y1="6" y2="${base}"/><text class="moment-text" x="${percent(x)}" dx="${isLeft ? -6 : 6}" y="12" text-anchor="${isLeft ? 'end' : 'start'}">${text}</text>`;
}

/** What the fillings mean, of those that are there. */
export function chartLegend(words: readonly (readonly [filling: Filling, text: string])[]): Markup {
  return html`<ul class="legend">${words.map(
    ([filling, text]) =>
      html`<li><svg viewBox="0 0 20 20" aria-hidden="true"><rect class="${`part ${filling}`}" y="3" width="20" height="14" rx="2"/></svg>${text}</li>`,
  )}</ul>`;
}

function round(y: number): number {
  return Math.round(y * 10) / 10;
}

function percent(x: number): string {
  return `${Math.round(x * 1_000) / 1_000}%`;
}
