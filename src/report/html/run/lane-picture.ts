import type { AttemptRecord, RunRecord } from '../../../delivery/records.js';
import { isDelivered } from '../../../webhook/scheme.js';
import { counted } from '../../count.js';
import { attemptWords, shortId } from '../../run/attempt-line.js';
import { clockTime } from '../../time.js';
import type { Axis } from '../axis.js';
import type { MarkName } from '../marks.js';
import { html, type Markup, type MarkupValue } from '../markup.js';
import { cut, foreign } from '../parts.js';
import { isStale, isUncut, type Lane, type LaneRow } from './lanes.js';

/** Some time in which nothing got through. */
export interface Band {
  readonly fromMs: number;
  readonly toMs: number;
}

const ROW_PX = 28;
const MOST_ROWS = 8;
/** Marks of a row that are nearer than this, in percent of the width, stand beside each other. */
const NEAR = 1.2;
const STEP_ASIDE_PX = 9;
/** Wide enough for a stretched picture to place things by a tenth of a thousandth. */
const STRETCHED = 10_000;
const NAME = 60;

/** One resource: a row an event, marks for its attempts, arcs from an attempt to the next. */
export function lanePicture(lane: Lane, axis: Axis, bands: readonly Band[]): Markup {
  const rows = lane.rows.slice(0, MOST_ROWS);
  const more = lane.rows.length - rows.length;
  const heightPx = rows.length * ROW_PX;
  return html`<li class="lane"><p>${headline(lane)}</p>
<div class="track"><ol class="labels">${rows.map(({ event }) => rowLabel(event))}</ol>
<div class="plot"><svg role="img" aria-label="${ariaText(lane)}" height="${heightPx}">
${bands.map((band) => bandRect(band, axis))}${axis.ticks.map(({ x }) => gridLine(x))}
${rows.map((_, index) => rail(index))}
<svg viewBox="${`0 0 ${STRETCHED} ${heightPx}`}" preserveAspectRatio="none" height="${heightPx}">${rows.map(
    (row, index) => rowArcs(row, index, axis),
  )}${crossings(rows, axis)}</svg>
${rows.map((row, index) => rowMarks(row, index, axis))}
</svg></div></div>${more > 0 ? html`<p class="small soft">and ${counted(more, 'more event')}</p>` : undefined}</li>
`;
}

function headline({ resource, attempts, lost, stale, unkept }: Lane): MarkupValue {
  return [
    html`<b class="mono"><bdi>${shortId(resource, 12)}</bdi></b> <span class="small soft">${counted(attempts, 'attempt')}</span>`,
    lost === 0 ? '' : html` <span class="tag bad">✗ ${lost} lost</span>`,
    stale === 0 ? '' : html` <span class="tag warn">${counted(stale, 'stale arrival')}</span>`,
    unkept === 0
      ? ''
      : html` <span class="small soft">${counted(unkept, 'attempt')} not drawn</span>`,
  ];
}

/** The kind stands in every name of a run alike, and the status is what tells them apart. */
function rowLabel(event: string): Markup {
  const status = event.slice(event.indexOf('.') + 1);
  return html`<li title="${cut(event)}">${foreign(status, NAME)}</li>`;
}

function ariaText({ resource, rows, attempts, lost, stale }: Lane): string {
  const ends = rows.map(({ event, records }) => {
    const last = records.at(-1);
    return `${cut(event, NAME)} ${last === undefined ? '' : endWords(last)} after ${counted(records.filter(isUncut).length, 'attempt')}`;
  });
  return `${shortId(resource, 12)}: ${counted(attempts, 'attempt')}, ${lost} lost, ${stale} stale. ${ends.join('; ')}.`;
}

function endWords(record: RunRecord): string {
  return record.kind === 'dropped'
    ? 'dropped'
    : attemptWords(record).next || attemptWords(record).outcome;
}

function bandRect({ fromMs, toMs }: Band, axis: Axis): Markup {
  const from = axis.at(fromMs);
  const to = Math.min(100, axis.at(toMs));
  return html`<rect class="outage" x="${percent(from)}" width="${percent(Math.max(0, to - from))}" y="0" height="100%"/>`;
}

function gridLine(x: number): Markup {
  return html`<line class="grid" x1="${percent(x)}" x2="${percent(x)}" y1="0" y2="100%"/>`;
}

function rail(index: number): Markup {
  const y = middleOf(index);
  return html`<line class="rail" x1="0" x2="100%" y1="${y}" y2="${y}"/>`;
}

/** From each attempt to the next one of the event: broken where our own fault is why. */
function rowArcs({ records, happenedMs }: LaneRow, index: number, axis: Axis): MarkupValue {
  const own = records.filter(isOwn);
  return [
    lateness(own[0], happenedMs, index, axis),
    own.slice(1).map((record, before) => {
      const earlier = own[before];
      if (earlier === undefined || record.attempt === earlier.attempt) return undefined;
      const isOurs = earlier.fault !== undefined || earlier.outcome.kind === 'blocked';
      return arc(axis.at(earlier.planMs), axis.at(record.planMs), index, isOurs);
    }),
  ];
}

/** How late a first attempt is, from when the event happened. */
function lateness(first: AttemptRecord | undefined, happenedMs: number, index: number, axis: Axis) {
  if (first?.lateMs === undefined) return undefined;
  const y = middleOf(index);
  const [from, to] = [stretched(axis.at(happenedMs)), stretched(axis.at(first.planMs))];
  return html`<path class="cross" d="${`M${from} ${y}H${to}`}"/>`;
}

function arc(from: number, to: number, index: number, isOurs: boolean): Markup {
  const y = middleOf(index);
  const [start, end] = [stretched(from), stretched(to)];
  const path = `M${start} ${y}Q${(start + end) / 2} ${y - 24} ${end} ${y}`;
  return html`<path class="${isOurs ? 'arc ours' : 'arc'}" d="${path}"/>`;
}

/** From what a newer event brought last to the older one that came after it. */
function crossings(rows: readonly LaneRow[], axis: Axis): MarkupValue {
  return rows.flatMap((row, index) =>
    row.records.filter(isTakenLate).flatMap((record) => {
      const before = newerBefore(rows, index, record.planMs);
      if (before === undefined) return [];
      const [from, to] = [stretched(axis.at(before.planMs)), stretched(axis.at(record.planMs))];
      const path = `M${from} ${middleOf(before.index)}L${to} ${middleOf(index)}`;
      return [html`<path class="cross" d="${path}"/>`];
    }),
  );
}

function newerBefore(rows: readonly LaneRow[], index: number, planMs: number) {
  return rows
    .flatMap(({ records }, place) =>
      place <= index
        ? []
        : records
            .filter((one) => hasArrived(one) && one.planMs <= planMs)
            .map((one) => ({ index: place, planMs: one.planMs })),
    )
    .reduce<{ index: number; planMs: number } | undefined>(
      (latest, one) => (latest === undefined || one.planMs > latest.planMs ? one : latest),
      undefined,
    );
}

/** What is refused does no harm by coming late. */
function isTakenLate(record: RunRecord): boolean {
  return isStale(record) && record.kind === 'attempt' && isDelivered(record.outcome);
}

function hasArrived(record: RunRecord): boolean {
  return record.kind === 'attempt' && record.outcome.kind === 'responded';
}

function rowMarks({ records }: LaneRow, index: number, axis: Axis): MarkupValue {
  let lastX = Number.NEGATIVE_INFINITY;
  let aside = 0;
  return records.map((record) => {
    const x = axis.at(record.planMs);
    aside = x - lastX < NEAR ? aside + 1 : 0;
    lastX = aside === 0 ? x : lastX;
    return mark(record, aside === 0 ? x : lastX, index, aside * STEP_ASIDE_PX);
  });
}

function mark(record: RunRecord, x: number, index: number, asidePx: number): Markup {
  const place = html`x="${percent(x)}" y="${middleOf(index)}" transform="${`translate(${asidePx} 0)`}"`;
  const flag = isStale(record) ? html`<use href="#m-stale" ${place}/>` : undefined;
  return html`<g><title>${tooltip(record)}</title><use href="${`#m-${markOf(record)}`}" ${place}/>${flag}</g>
`;
}

/** What an attempt is drawn as. */
export function markOf(record: RunRecord): MarkName {
  if (record.kind === 'dropped' || record.outcome.kind === 'blocked') return 'away';
  if (record.outcome.kind === 'cancelled') return 'cut';
  const isOk = isDelivered(record.outcome);
  if (record.duplicate !== undefined) return isOk ? 'again' : 'refused';
  if (record.fault !== undefined) return 'unheard';
  if (isOk) return 'delivered';
  if (record.next.kind === 'lost') return 'lost';
  return 'failed';
}

function tooltip(record: RunRecord): string {
  const head = `${clockTime(record.planMs)} ${cut(record.event, NAME)}`;
  if (record.kind === 'dropped') return `${head}: dropped, never sent`;
  const { outcome, remarks, next } = attemptWords(record);
  const words = [outcome, ...remarks, next].filter((word) => word !== '').join(', ');
  return `${head}, attempt ${record.attempt} of ${record.attempts}: ${words}`;
}

function isOwn(record: RunRecord): record is AttemptRecord {
  return record.kind === 'attempt' && record.duplicate === undefined;
}

function middleOf(index: number): number {
  return index * ROW_PX + ROW_PX / 2;
}

function stretched(x: number): number {
  return Math.round((x * STRETCHED) / 100);
}

function percent(x: number): string {
  return `${Math.round(x * 100) / 100}%`;
}
