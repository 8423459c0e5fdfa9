import type { DeliveryRules } from '../../../delivery/plan.js';
import type { RunRecord, RunSummary } from '../../../delivery/records.js';
import { grouped } from '../../count.js';
import { attemptWords, shortId } from '../../run/attempt-line.js';
import { clockTime } from '../../time.js';
import { type Axis, planAxis } from '../axis.js';
import { axisTrack, type BarRow, barRows } from '../bar-rows.js';
import { type Bins, createBins } from '../bins.js';
import { legendMark, MARK_NAMES, type MarkName } from '../marks.js';
import { html, type Markup, type MarkupValue } from '../markup.js';
import { behind, foreign, table } from '../parts.js';
import { lanePicture, markOf } from './lane-picture.js';
import { createLaneKeeper, isStale, type Lane, type LaneKeeper } from './lanes.js';

/** Resources that are drawn one by one. */
const MOST_LANES = 24;
/** Up to so many attempts the lanes say all there is to say. */
const FEW_ATTEMPTS = 40;

/** What the page of a run gathers while it goes on, in bounded memory. */
export interface RunPicture {
  readonly keeper: LaneKeeper;
  readonly bins: Bins;
  add(record: RunRecord): void;
}

export function createRunPicture(): RunPicture {
  const keeper = createLaneKeeper();
  const bins = createBins();
  return {
    keeper,
    bins,
    add: (record) => {
      keeper.add(record);
      bins.add(record.planMs, markOf(record));
      if (isStale(record)) bins.add(record.planMs, 'stale');
    },
  };
}

export interface RunPictureFacts {
  readonly resources: number;
  readonly rules: Pick<DeliveryRules, 'faults'>;
  readonly summary: RunSummary;
}

/** Attempts on a time line by resource, then all of them together. */
export function runPictures(picture: RunPicture, facts: RunPictureFacts): MarkupValue {
  const { keeper, bins } = picture;
  if (bins.total === 0) return html`<p>Nothing was sent.</p>`;
  const axis = planAxis(Math.max(facts.summary.lastPlanMs, bins.last), isEarly(bins));
  const lanes = keeper.lanes(MOST_LANES);
  return [laneSection(lanes, axis, facts), isAllDrawn(lanes, facts) ? undefined : sums(bins, axis)];
}

function isAllDrawn(lanes: readonly Lane[], { resources, summary }: RunPictureFacts): boolean {
  return lanes.length >= resources && summary.attempts.sent <= FEW_ATTEMPTS;
}

/** Half of everything happens in the first twelfth of the time. */
function isEarly(bins: Bins): boolean {
  let before = 0;
  for (const { place, counts } of bins.entries()) {
    for (const count of counts.values()) before += count;
    if (2 * before >= bins.total) return place < bins.last / 12;
  }
  return false;
}

function laneSection(lanes: readonly Lane[], axis: Axis, facts: RunPictureFacts): Markup {
  const left = facts.resources - lanes.length;
  const bands = facts.rules.faults.outages;
  return html`<h2>Attempts by resource</h2>
<p>${left > 0 ? `The ${lanes.length} of ${grouped(facts.resources)} resources with the most to see, those with trouble first. The others are in the sums below. ` : ''}Each row is an event, in the order in which they happened. An arc leads from an attempt to the next; a broken one follows a fault of ours, and a broken straight line leads to a first attempt that is late.${axis.isStretched ? ' The time at the beginning is drawn wider than that at the end.' : ''}</p>
${legend(lanes, bands.length > 0)}
<div class="figure">${axisTrack(axis)}
<ol class="rows">${lanes.map((lane) => lanePicture(lane, axis, bands))}</ol>
${behind('These attempts as a table', attemptTable(lanes))}</div>`;
}

/** Only what is there to be seen. */
function legend(lanes: readonly Lane[], hasOutage: boolean): Markup {
  const records = lanes.flatMap(({ rows }) => rows.flatMap((row) => row.records));
  const seen = new Set(records.map(markOf));
  const shown = Object.entries(MARK_NAMES).filter(([name]) =>
    [...seen].some((one) => one === name),
  );
  return html`<ul class="legend">${shown.map(
    ([name, words]) => html`<li>${legendMark(markName(name))}${words}</li>`,
  )}${records.some(isStale) ? html`<li>${legendMark('stale')}stale: a newer event was there first; a dashed line leads from it to a stale one that is taken</li>` : undefined}${
    hasOutage
      ? html`<li><svg viewBox="0 0 20 20" aria-hidden="true"><rect class="outage" width="20" height="20"/></svg>an outage of ours</li>`
      : undefined
  }</ul>`;
}

function markName(name: string): MarkName {
  return Object.keys(MARK_NAMES).find((one): one is MarkName => one === name) ?? 'delivered';
}

function attemptTable(lanes: readonly Lane[]): Markup {
  const records = lanes.flatMap(({ rows }) =>
    rows.flatMap((row) => row.records).sort((one, other) => one.planMs - other.planMs),
  );
  return table(
    'Attempts, by resource',
    [
      { name: 'Resource' },
      { name: 'Time' },
      { name: 'Event' },
      { name: 'Attempt' },
      { name: 'What came', isWide: true },
    ],
    records.map(attemptRow),
  );
}

function attemptRow(record: RunRecord): readonly MarkupValue[] {
  const head = [
    html`<span class="mono"><bdi>${shortId(record.resource, 12)}</bdi></span>`,
    clockTime(record.planMs),
    foreign(record.event, 80),
  ];
  if (record.kind === 'dropped') return [...head, '', 'dropped, never sent'];
  const { outcome, remarks, next } = attemptWords(record);
  const words = [outcome, ...remarks, next].filter((word) => word !== '').join(', ');
  return [...head, `${record.attempt}/${record.attempts}`, words];
}

const SUM_ROWS: readonly BarRow[] = [
  { category: 'delivered', label: '✓ delivered', fill: 'good' },
  { category: 'failed', label: '✗ tried again', fill: 'bad' },
  { category: 'lost', label: '✗ lost', fill: 'bad' },
  { category: 'stale', label: '▾ stale', fill: 'warn' },
  { category: 'unheard', label: '≈ answer kept away', fill: 'warn' },
  { category: 'away', label: '· kept away', fill: 'warn' },
  { category: 'again', label: '2× duplicate taken', fill: 'calm' },
  { category: 'refused', label: '2× duplicate refused', fill: 'bad' },
  { category: 'cut', label: '= interrupted', fill: 'warn' },
];

function sums(bins: Bins, axis: Axis): Markup {
  const seen = new Set(bins.entries().flatMap(({ counts }) => [...counts.keys()]));
  const rows = SUM_ROWS.filter(({ category }) => seen.has(category));
  const content = {
    ...{ bins, axis, rows, placeName: 'From', placeText: clockTime },
    caption: 'Attempts over time',
  };
  return html`<h2>All attempts over time</h2>
<p>Every attempt of the run, by what came of it. Each row has its own measure; the number is its sum.</p>
${barRows(content)}`;
}
