import type { LimitStep, LimitSummary } from '../../load/records.js';
import type { LimitStory } from '../burst/limit/report.js';
import {
  forecastCommand,
  limitVerdict,
  limitWarnings,
  shownRate,
  signOfStep,
  verdictOfStep,
} from '../burst/limit/words.js';
import { grouped } from '../count.js';
import { exitCodeOfLimit } from '../exit-code.js';
import type { Renderer } from '../renderer.js';
import { answerTime, duration } from '../time.js';
import type { Axis } from './axis.js';
import { latencyChart } from './latency-chart.js';
import { html, type MarkupValue } from './markup.js';
import { type PageFacts, pageRenderer, toneOf } from './page.js';
import { callouts, facts, foreign, reproduceSection, table, tiles } from './parts.js';
import { chartLegend } from './step-chart.js';

/** More rates than this are not all named below a narrow picture. */
const ALL_NAMED = 4;

/** The search for the highest rate that a receiver takes, as a page. */
export function limitPage(story: LimitStory, page: PageFacts): Renderer<LimitStep, LimitSummary> {
  const steps: LimitStep[] = [];
  return pageRenderer(page, {
    take: (step) => {
      steps.push(step);
    },
    content: (summary) => ({
      command: 'burst',
      verdict: limitVerdict(summary),
      tone: toneOf(exitCodeOfLimit(summary)),
      lede: html`The highest rate that holds → ${foreign(story.url)}`,
      main: [
        limitTiles(summary),
        callouts(limitWarnings(summary)),
        triedRates(steps, summary),
        asFastAsAnswered(steps),
        outageSection(summary),
        sendingSection(story, summary),
        reproduceSection(story.reproduce),
      ],
    }),
  });
}

function limitTiles({ limitPerSecond, ceilingPerSecond }: LimitSummary): MarkupValue {
  return tiles([
    limitPerSecond === undefined
      ? { name: 'highest rate that held', value: 'none' }
      : { name: 'highest rate that held', value: shownRate(limitPerSecond), tone: 'good' },
    { name: 'most that was answered', value: shownRate(ceilingPerSecond) },
  ]);
}

/** What came of each rate, the lowest first. */
function triedRates(steps: readonly LimitStep[], summary: LimitSummary): MarkupValue {
  const tried = steps
    .filter(({ loop }) => loop === 'open')
    .toSorted((one, other) => one.perSecond - other.perSecond);
  if (tried.length === 0) return undefined;
  return html`<h2>The rates that were tried</h2>
<p>Each for ${duration(summary.forMs)}. Times to an answer count from the time at which each web hook was to be sent. Each line of the axis stands for ten times the one below it.</p>
${timesPicture(tried, summary)}
${table(
  'The rates that were tried, the lowest first',
  [
    { name: 'Rate' },
    { name: 'Sent', isNumber: true },
    { name: 'Not 200 in time', isNumber: true },
    { name: 'p50', isNumber: true },
    { name: 'p99', isNumber: true },
    { name: 'Longest', isNumber: true },
    { name: 'What came of it', isWide: true },
  ],
  tried.map(({ perSecond, sent, failed, latency, verdict }) => [
    shownRate(perSecond),
    grouped(sent),
    grouped(failed),
    ...(latency === undefined
      ? ['', '', '']
      : [latency.p50Ms, latency.p99Ms, latency.maxMs].map(answerTime)),
    `${signOfStep(verdict)} ${verdictOfStep(verdict)}`,
  ]),
)}`;
}

function timesPicture(tried: readonly LimitStep[], { p99LimitMs }: LimitSummary): MarkupValue {
  const columns = tried.flatMap(({ perSecond, latency, verdict }, place) =>
    latency === undefined
      ? []
      : [
          {
            ...latency,
            from: place,
            to: place + 1,
            title: `${shownRate(perSecond)}: ${verdictOfStep(verdict)}; median ${answerTime(latency.p50Ms)}, 99 of 100 within ${answerTime(latency.p99Ms)}, longest ${answerTime(latency.maxMs)}`,
          },
        ],
  );
  if (columns.length === 0) return undefined;
  const text = `99 of 100 have to be within ${duration(p99LimitMs)}`;
  return html`${chartLegend([
    ['plain', 'from the median to the 99th of 100'],
    ['rare', 'up to the longest'],
  ])}
<div class="figure">${latencyChart({
    axis: axisOfRates(tried),
    columns,
    limit: { ms: p99LimitMs, text },
    label: `Times to an answer by rate, from ${shownRate(tried[0]?.perSecond ?? 0)} to ${shownRate(tried.at(-1)?.perSecond ?? 0)}; ${text}`,
  })}</div>`;
}

/** The same room for each rate: those near the limit lie close together. */
function axisOfRates(tried: readonly LimitStep[]): Axis {
  const at = (place: number) => (100 * place) / tried.length;
  const ticks = tried.map(({ perSecond, verdict }, place) => ({
    x: at(place + 0.5),
    text: `${signOfStep(verdict)} ${shownRate(perSecond)}`,
    isFine: tried.length > ALL_NAMED && (tried.length - 1 - place) % 2 !== 0,
  }));
  return { at, ticks, isStretched: false };
}

/** What the receiver answered when each connection waited for its answer. */
function asFastAsAnswered(steps: readonly LimitStep[]): MarkupValue {
  const closed = steps.filter(({ loop }) => loop === 'closed');
  if (closed.length === 0) return undefined;
  return html`<h2>As fast as it answers</h2>
<p>Each connection sent its next web hook when the one before was answered. A steady rate can hardly be higher than the highest of these.</p>
${table(
  'Rates of a closed loop, by connections',
  [
    { name: 'Connections' },
    { name: 'Answered 200', isNumber: true },
    { name: 'Not', isNumber: true },
  ],
  closed.map(({ connections = 0, perSecond, failed }) => [
    grouped(connections),
    shownRate(perSecond),
    grouped(failed),
  ]),
)}`;
}

function outageSection({ limitPerSecond }: LimitSummary): MarkupValue {
  if (limitPerSecond === undefined) return undefined;
  return html`<h2>What an outage would bring back</h2>
<p>With your own rate, and the length of the outage:</p>
<pre><code>${forecastCommand(limitPerSecond)}</code></pre>`;
}

function sendingSection(
  { seed, isSigned }: LimitStory,
  { forMs, p99LimitMs, timeoutMs }: LimitSummary,
): MarkupValue {
  return html`<h2>How it was sent</h2>${facts([
    ['seed', html`<code>${foreign(seed)}</code>`],
    ['each rate', `for ${duration(forMs)}`],
    [
      'wanted',
      `99 of 100 answered 200 within ${duration(p99LimitMs)}, all within ${duration(timeoutMs)}`,
    ],
    ['digests', isSigned ? 'signed' : 'unsigned'],
  ])}`;
}
