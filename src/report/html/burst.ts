import { findingOf } from '../../delivery/findings.js';
import type { FailedRecord, LoadStretch, LoadSummary } from '../../load/records.js';
import { INQUD_TIMEOUT_MS } from '../../webhook/scheme.js';
import type { BurstStory } from '../burst/story.js';
import { burstTotalFacts } from '../burst/totals.js';
import { burstAdvice, rateText, verdictText } from '../burst/words.js';
import { stateValue } from '../check/timeline.js';
import { counted, grouped } from '../count.js';
import { firstOnes } from '../distinct.js';
import { exitCodeOfBurst } from '../exit-code.js';
import type { Renderer } from '../renderer.js';
import { runNoteText } from '../run/words.js';
import { shareText } from '../share.js';
import { answerTime, clockTime, duration } from '../time.js';
import { findingText, outcomeText } from '../words.js';
import { type Axis, planAxis } from './axis.js';
import { latencyChart } from './latency-chart.js';
import { html, type MarkupValue } from './markup.js';
import { type PageFacts, pageRenderer, toneOf } from './page.js';
import {
  behind,
  callouts,
  facts,
  foreign,
  notes,
  reproduceSection,
  table,
  tiles,
} from './parts.js';
import { type ChartStep, chartLegend, stepChart } from './step-chart.js';

/** What a receiver took at some rate, as a page. */
export function burstPage(story: BurstStory, page: PageFacts): Renderer<FailedRecord, LoadSummary> {
  const failed: FailedRecord[] = [];
  return pageRenderer(page, {
    take: (record) => {
      failed.push(record);
    },
    content: (summary) => ({
      command: 'burst',
      verdict: verdictText(story.asked, summary),
      tone: toneOf(exitCodeOfBurst(summary)),
      lede: html`${counted(story.planned, 'web hook')} of ${counted(story.resources, 'resource')}, ${rateText(story.asked)} → ${foreign(story.url)}`,
      main: [
        burstTiles(summary),
        callouts(burstAdvice(story.asked, summary, failed)),
        pictures(summary),
        wrongStates(summary),
        failures(failed, summary, story.isSigned),
        html`<h2>In numbers</h2>${facts(burstTotalFacts(summary))}`,
        sendingSection(story),
        reproduceSection(story.reproduce),
      ],
    }),
  });
}

function burstTiles(summary: LoadSummary): MarkupValue {
  const { sent, delivered, failed, latency, kept, states } = summary;
  const wrong = states === undefined ? 0 : states.lost + states.otherwise;
  const times =
    latency === undefined
      ? []
      : [
          { name: 'median answer', value: answerTime(latency.p50Ms) },
          { name: '99 of 100 within', value: answerTime(latency.p99Ms) },
          { name: 'longest answer', value: answerTime(latency.maxMs) },
        ];
  return tiles([
    { name: 'sent', value: sent },
    { name: 'delivered', value: delivered, tone: delivered > 0 ? 'good' : undefined },
    { name: 'not delivered', value: failed, tone: failed > 0 ? 'bad' : undefined },
    ...(wrong > 0 ? [{ name: 'acknowledged, and wrong', value: wrong, tone: 'bad' as const }] : []),
    ...times,
    { name: 'sent on time', value: shareText(kept.share) },
  ]);
}

function pictures(summary: LoadSummary): MarkupValue {
  const { series, stepMs } = summary;
  if (series.length === 0) return undefined;
  const axis = planAxis((series.at(-1)?.atMs ?? 0) + stepMs, false);
  return [
    latencyPicture(summary, axis),
    html`<h2>Rate over time</h2>
<p>Answers by the time at which they came, in columns of ${duration(stepMs)}. The lines are the web hooks that were to be sent.</p>
${chartLegend([
  ['plain', 'answered 200 in time'],
  ['late', 'not answered 200 in time'],
])}
<div class="figure">${rateChart(summary, axis)}${behind('The numbers as a table', numbers(summary))}</div>`,
  ];
}

function latencyPicture({ series, stepMs, timeoutMs }: LoadSummary, axis: Axis): MarkupValue {
  const columns = series.flatMap(({ atMs, latency }) =>
    latency === undefined
      ? []
      : [{ from: atMs, to: atMs + stepMs, ...latency, title: latencyTitle(atMs, latency) }],
  );
  if (columns.length === 0) return undefined;
  const longestMs = Math.max(...columns.map(({ maxMs }) => maxMs));
  const limitText =
    timeoutMs === INQUD_TIMEOUT_MS ? 'Inqud waits 10 s' : `the limit is ${duration(timeoutMs)}`;
  return html`<h2>Time to an answer</h2>
<p>From the time at which each web hook was to be sent, so that waiting for a slow receiver counts. Each line of the axis stands for ten times the one below it.</p>
${chartLegend([
  ['plain', 'from the median to the 99th of 100'],
  ['rare', 'up to the longest'],
])}
<div class="figure">${latencyChart({
    axis,
    columns,
    limit: { ms: timeoutMs, text: limitText },
    label: `Times to an answer over time, at most ${answerTime(longestMs)}; ${limitText}`,
  })}</div>`;
}

function latencyTitle(atMs: number, latency: NonNullable<LoadStretch['latency']>): string {
  const { p50Ms, p99Ms, maxMs, count } = latency;
  return `${clockTime(atMs)}: median ${answerTime(p50Ms)}, 99 of 100 within ${answerTime(p99Ms)}, longest ${answerTime(maxMs)}, ${counted(count, 'answer')}`;
}

function rateChart({ series, stepMs }: LoadSummary, axis: Axis): MarkupValue {
  const rate = (count: number) => (1_000 * count) / stepMs;
  const steps = series.map(
    ({ atMs, due, delivered, failed }): ChartStep => ({
      from: atMs,
      to: atMs + stepMs,
      parts: [
        { filling: 'plain', value: rate(delivered) },
        { filling: 'late', value: rate(failed) },
      ],
      expected: rate(due),
      title: `${clockTime(atMs)}: ${grouped(due)} due, ${grouped(delivered)} answered 200 in time, ${grouped(failed)} not`,
    }),
  );
  const most = Math.max(...series.map(({ due }) => rate(due)));
  return stepChart({
    axis,
    steps,
    label: `Web hooks a second over time, at most ${grouped(Math.round(most))} due`,
    valueText: (value) => `${grouped(Math.round(value * 100) / 100)}/s`,
    limits: [],
    moments: [],
  });
}

function numbers({ series }: LoadSummary) {
  return table(
    'Web hooks over time',
    [
      { name: 'From' },
      { name: 'Due', isNumber: true },
      { name: 'Sent', isNumber: true },
      { name: '200 in time', isNumber: true },
      { name: 'Not', isNumber: true },
      { name: 'p50', isNumber: true },
      { name: 'p99', isNumber: true },
      { name: 'Longest', isNumber: true },
    ],
    series.map(({ atMs, due, sent, delivered, failed, latency }) => [
      clockTime(atMs),
      ...[due, sent, delivered, failed].map(grouped),
      ...(latency === undefined
        ? ['', '', '']
        : [latency.p50Ms, latency.p99Ms, latency.maxMs].map(answerTime)),
    ]),
  );
}

/** What was acknowledged, and is not there or not as it has to be. */
function wrongStates({ states }: LoadSummary): MarkupValue {
  if (states === undefined || states.wrong.length === 0) return undefined;
  const { wrong, lost, otherwise } = states;
  const all = lost + otherwise;
  const first = wrong.length < all ? ` The first ${wrong.length} of ${grouped(all)}.` : '';
  return html`<h2>What was acknowledged, and is wrong</h2>
<p>Every web hook of these was answered 200, and the state of the receiver says otherwise.${first}</p>
${table(
  'Resources whose states are wrong',
  [
    { name: 'Resource' },
    { name: 'What' },
    { name: 'Where' },
    { name: 'Expected' },
    { name: 'Is', isWide: true },
  ],
  wrong.map(({ kind, of, resource, path, expected, actual }) => [
    html`${of} <span class="mono">${foreign(resource, 80)}</span>`,
    kind === 'lost' ? '✗ lost' : '≠ otherwise',
    html`<code>${foreign(path ?? '')}</code>`,
    path === undefined ? '' : foreign(stateValue(expected)),
    path === undefined ? '' : foreign(stateValue(actual)),
  ]),
)}`;
}

function failures(
  failed: readonly FailedRecord[],
  summary: LoadSummary,
  isSigned: boolean,
): MarkupValue {
  if (failed.length === 0) return undefined;
  const findings = failed.map(({ outcome }) => findingOf(outcome)).filter(firstOnes());
  const first =
    failed.length < summary.failed
      ? `The first ${failed.length} of ${grouped(summary.failed)}.`
      : '';
  return html`<h2>What was not answered 200 in time</h2>
${notes(findings.map((finding) => foreign(findingText(finding, isSigned))))}
<p>${first}</p>
${table(
  'Web hooks that were not answered 200 in time',
  [{ name: 'At' }, { name: 'Event' }, { name: 'Resource' }, { name: 'What came', isWide: true }],
  failed.map(({ atMs, event, resource, outcome }) => [
    answerTime(atMs),
    foreign(event, 80),
    html`<span class="mono">${foreign(resource, 80)}</span>`,
    foreign(outcomeText(outcome)),
  ]),
)}`;
}

function sendingSection({ seed, isSigned, asked, notes: all }: BurstStory): MarkupValue {
  return html`<h2>How it was sent</h2>${facts([
    ['seed', html`<code>${foreign(seed)}</code>`],
    ['rate', rateText(asked)],
    ['arrivals', asked.spread],
    ['digests', isSigned ? 'signed' : 'unsigned'],
  ])}${notes(all.map((note) => foreign(runNoteText(note))))}`;
}
