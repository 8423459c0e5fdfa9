import { grouped } from '../count.js';
import { html, type Markup, type MarkupValue } from './markup.js';
import type { Tone } from './page.js';

/** Longer text of others is cut: it says no more, and is in the way. */
const LONGEST = 160;

/** A text of others, as long as anybody reads. It keeps its direction to itself. */
export function foreign(text: string, longest = LONGEST): Markup {
  return html`<bdi>${cut(text, longest)}</bdi>`;
}

/** The start of a text, of at most so many characters. */
export function cut(text: string, longest = LONGEST): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

export interface Tile {
  readonly name: string;
  readonly value: string | number;
  readonly tone?: Tone | undefined;
}

/** The few numbers that matter, large. */
export function tiles(all: readonly Tile[]): Markup {
  return html`<dl class="tiles">${all.map(
    ({ name, value, tone = '' }) =>
      html`<div class="${tone}"><dt>${name}</dt><dd>${typeof value === 'number' ? grouped(value) : value}</dd></div>`,
  )}</dl>`;
}

export type NamedFact = readonly [name: MarkupValue, value: MarkupValue];

export function facts(all: readonly NamedFact[]): Markup {
  return html`<dl class="facts">${all.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`,
  )}</dl>`;
}

export function notes(all: readonly MarkupValue[]): MarkupValue {
  if (all.length === 0) return undefined;
  return html`<ul class="notes">${all.map((note) => html`<li>${note}</li>`)}</ul>`;
}

export interface TableColumn {
  readonly name: string;
  readonly isNumber?: true;
  /** Holds sentences or names, which need room. */
  readonly isWide?: true;
}

/** A table that scrolls by itself where it is wider than the page. Its first column names the rows. */
export function table(
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly MarkupValue[])[],
): Markup {
  const classes = columns.map((column) => classOf(column));
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table>
<thead><tr>${columns.map(
    ({ name }, index) => html`<th scope="col" class="${classes[index]}">${name}</th>`,
  )}</tr></thead>
<tbody>${rows.map(
    (row) => html`<tr>${row.map((value, index) =>
      index === 0
        ? html`<th scope="row" class="${classes[index]}">${value}</th>`
        : html`<td class="${classes[index]}">${value}</td>`,
    )}</tr>
`,
  )}</tbody></table></div>`;
}

function classOf({ isNumber, isWide }: TableColumn): string {
  return isNumber === true ? 'num' : isWide === true ? 'wide' : '';
}

/** The numbers behind a picture, for who wants them. */
export function behind(summary: string, content: Markup): Markup {
  return html`<details><summary>${summary}</summary>${content}</details>`;
}

/** What a reader of the totals may have missed; the box says already that it is one. */
export function callouts(lines: readonly string[]): MarkupValue {
  return lines.map((line) => html`<p class="callout">${line.replace(/^(?:! |note: )/, '')}</p>`);
}

/** The command that does the same again. */
export function reproduceSection(command: string): Markup {
  return html`<h2>The same again</h2><pre><code>${command}</code></pre>`;
}
