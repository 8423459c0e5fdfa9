import { type ForecastRate, rateIn } from '../../forecast/forecast-rate.js';
import type { ForecastStep, ForecastSummary } from '../../forecast/records.js';
import { INQUD_TIMEOUT_MS } from '../../webhook/scheme.js';
import { grouped } from '../count.js';
import { exitCodeOfForecast } from '../exit-code.js';
import { CAPACITY_IN_VIEW } from '../forecast/plot.js';
import { rateText } from '../forecast/rate-text.js';
import type { ForecastStory } from '../forecast/story.js';
import {
  adviceText,
  backRows,
  downRows,
  noteTexts,
  receiverRows,
  retriesText,
  titleText,
  verdictText,
} from '../forecast/words.js';
import type { Renderer } from '../renderer.js';
import { duration } from '../time.js';
import { type Axis, recoveryAxis } from './axis.js';
import { html, type MarkupValue } from './markup.js';
import { type PageFacts, pageRenderer, toneOf } from './page.js';
import { behind, facts, notes, reproduceSection, type Tile, table, tiles } from './parts.js';
import { type ChartStep, chartLegend, type Filling, stepChart } from './step-chart.js';

/** A forecast, and the command that makes it again. */
export interface ForecastPageStory extends ForecastStory {
  readonly reproduce: string;
}

/** What an outage brings back, as a page. */
export function forecastPage(
  story: ForecastPageStory,
  page: PageFacts,
): Renderer<ForecastStep, ForecastSummary> {
  const steps: ForecastStep[] = [];
  return pageRenderer(page, {
    take: (step) => {
      steps.push(step);
    },
    content: (summary) => ({
      command: 'forecast',
      verdict: verdictText(summary, story),
      tone: toneOf(exitCodeOfForecast(summary, story.arrivals)),
      lede: html`${capital(titleText(story))} · ${retriesText(story)}`,
      main: [
        hasArrivals(story) ? body(story, steps, summary) : undefined,
        notes(noteTexts(story)),
        reproduceSection(story.reproduce),
      ],
    }),
  });
}

function hasArrivals({ arrivals }: ForecastStory): boolean {
  return arrivals.kind === 'constant' || arrivals.webHooks > 0;
}

function capital(text: string): string {
  return text.replace(/^[a-z]/, (first) => first.toUpperCase());
}

function body(
  story: ForecastStory,
  steps: readonly ForecastStep[],
  summary: ForecastSummary,
): MarkupValue {
  const { receiver, advice } = summary;
  return [
    forecastTiles(summary, story, steps),
    steps.length === 0 ? undefined : pictures(story, steps, summary),
    advice.length === 0
      ? undefined
      : html`<h2>What to do</h2>${notes(advice.map((one) => adviceText(one, summary, story.unit)))}`,
    html`<h2>While the receiver is down</h2>${facts(downRows(summary, story))}`,
    html`<h2>After the recovery</h2>${facts([
      ...backRows(summary, story),
      ...(receiver === undefined ? [] : receiverRows(receiver, story)),
    ])}`,
  ];
}

function forecastTiles(
  summary: ForecastSummary,
  { unit }: ForecastStory,
  steps: readonly ForecastStep[],
): MarkupValue {
  const { backlog, attemptsInVain, lost, receiver } = summary;
  const late: readonly Tile[] =
    receiver === undefined || receiver.lateAnswers === 0
      ? []
      : [{ name: 'answers too late', value: grouped(receiver.lateAnswers), tone: 'bad' }];
  return tiles([
    { name: 'undelivered at its end', value: grouped(backlog) },
    { name: 'attempts in vain', value: grouped(attemptsInVain) },
    {
      name: 'lost for good',
      value: grouped(lost.webHooks),
      tone: lost.webHooks > 0 ? 'bad' : 'good',
    },
    { name: 'the highest rate', value: rateText(highestAfter(summary, steps), unit) },
    lastRetryTile(summary),
    ...late,
  ]);
}

/** Where a receiver is simulated, its second wave may be higher than the first. */
function highestAfter(
  { wave, receiver }: ForecastSummary,
  steps: readonly ForecastStep[],
): ForecastRate {
  if (receiver === undefined) return wave.highest;
  return steps
    .filter(({ fromMs }) => fromMs >= 0)
    .map(({ perSecond }) => rateIn(perSecond, 1_000))
    .reduce<ForecastRate>(
      (highest, rate) => (rate.perSecond > highest.perSecond ? rate : highest),
      wave.highest,
    );
}

/** Where answers come too late, retries of those come as well, and may never end. */
function lastRetryTile({ wave, receiver }: ForecastSummary): Tile {
  const { secondWave, calmAfterMs, followedMs } = receiver ?? {};
  if (secondWave !== undefined && calmAfterMs === undefined) {
    return { name: 'later, retries still come', value: duration(followedMs ?? 0), tone: 'bad' };
  }
  const lastMs = Math.max(wave.lastDeliveryMs, secondWave?.toMs ?? 0);
  return { name: 'until the last retry', value: duration(lastMs) };
}

function pictures(
  story: ForecastStory,
  steps: readonly ForecastStep[],
  summary: ForecastSummary,
): MarkupValue {
  const axis = recoveryAxis(steps[0]?.fromMs ?? 0, steps.at(-1)?.toMs ?? 0);
  const hasLate = steps.some(({ late = 0 }) => late > 0);
  const legend: (readonly [Filling, string])[] = [
    ...(steps.some(({ inVain }) => inVain > 0)
      ? [['vain', 'in vain: the receiver is down'] as const]
      : []),
    ['plain', hasLate ? 'attempts that are answered in time' : 'attempts'],
    ...(hasLate ? [['late', 'attempts that are answered too late'] as const] : []),
  ];
  return html`<h2>Attempts over time</h2>
<p>First attempts and retries, each column the mean of ${duration(summary.stepMs)}.${capacityNote(story, steps)}</p>
${chartLegend(legend)}
<div class="figure">${rateChart(story, steps, axis)}${behind('The numbers as a table', numbers(story, steps))}</div>
${waitingPicture(steps, axis)}`;
}

const BACK = { place: 0, text: 'the receiver is back' } as const;

function rateChart(story: ForecastStory, steps: readonly ForecastStep[], axis: Axis): MarkupValue {
  const { unit, receiver } = story;
  const perSecond = (value: number) => rateText(rateIn(value, 1_000), unit);
  const capacity = receiver?.capacity.perSecond;
  const limits =
    receiver === undefined || capacity === undefined || !isInView(capacity, steps)
      ? []
      : [
          {
            value: capacity,
            text: `the receiver takes ${rateText(receiver.capacity, receiver.unit)}`,
          },
        ];
  const highest = Math.max(...steps.map((step) => step.perSecond));
  return stepChart({
    axis,
    steps: steps.map((step) => rateStep(step, perSecond)),
    label: `The rate of attempts over time, at most ${perSecond(highest)}`,
    valueText: perSecond,
    limits,
    moments: steps.some(({ fromMs }) => fromMs < 0) ? [BACK] : [],
  });
}

function isInView(capacity: number, steps: readonly ForecastStep[]): boolean {
  const highest = Math.max(...steps.map(({ perSecond }) => perSecond));
  return capacity <= highest * CAPACITY_IN_VIEW;
}

function capacityNote({ receiver }: ForecastStory, steps: readonly ForecastStep[]): string {
  if (receiver === undefined || isInView(receiver.capacity.perSecond, steps)) return '';
  return ` The receiver takes ${rateText(receiver.capacity, receiver.unit)}, far above all of it.`;
}

function rateStep(step: ForecastStep, perSecond: (value: number) => string): ChartStep {
  const { fromMs, toMs, attempts, inVain, late = 0 } = step;
  const share = (part: number) => (attempts === 0 ? 0 : (step.perSecond * part) / attempts);
  return {
    from: fromMs,
    to: toMs,
    parts: [
      { filling: 'plain', value: share(attempts - inVain - late) },
      { filling: 'late', value: share(late) },
      { filling: 'vain', value: share(inVain) },
    ],
    title: `${fromText(fromMs)}: ${perSecond(step.perSecond)}, ${grouped(attempts)} attempts`,
  };
}

/** From the recovery on: `+2h`, `-1h 30m`. */
function fromText(ms: number): string {
  return ms === 0 ? '0' : `${ms < 0 ? '-' : '+'}${duration(Math.abs(ms))}`;
}

/** How long the receiver keeps web hooks waiting, against what Inqud waits for an answer. */
function waitingPicture(steps: readonly ForecastStep[], axis: Axis): MarkupValue {
  const longestMs = Math.max(...steps.map(({ longestWaitMs = 0 }) => longestWaitMs));
  if (longestMs < LEAST_WAIT_MS) return undefined;
  const { name, ms } = unitFor(longestMs);
  const chart = stepChart({
    axis,
    steps: steps.map(({ fromMs, toMs, longestWaitMs = 0 }) => ({
      from: fromMs,
      to: toMs,
      parts: [
        { filling: longestWaitMs > INQUD_TIMEOUT_MS ? 'late' : 'plain', value: longestWaitMs / ms },
      ],
      title: `${fromText(fromMs)}: ${duration(longestWaitMs)} waiting`,
    })),
    label: `How long web hooks wait in the receiver, at most ${duration(longestMs)}`,
    valueText: (value) => `${grouped(Math.round(value * 100) / 100)} ${name}`,
    limits: [{ value: INQUD_TIMEOUT_MS / ms, text: 'Inqud waits 10 s' }],
    moments: steps.some(({ fromMs }) => fromMs < 0) ? [BACK] : [],
  });
  return html`<h2>How long they wait in the receiver</h2>
<p>The longest wait of each column. Who waits more than 10 s is answered too late, and comes again.</p>
<div class="figure">${chart}</div>`;
}

/** Shorter waits are none worth a picture. */
const LEAST_WAIT_MS = 1_000;

const WAIT_UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
] as const;

function unitFor(longestMs: number): { readonly name: string; readonly ms: number } {
  return WAIT_UNITS.find(({ ms }) => longestMs >= 2 * ms) ?? { name: 's', ms: 1_000 };
}

function numbers({ unit }: ForecastStory, steps: readonly ForecastStep[]) {
  return table(
    'Attempts over time',
    [
      { name: 'From the recovery' },
      { name: 'Attempts', isNumber: true },
      { name: 'Rate', isNumber: true },
      { name: 'In vain', isNumber: true },
      { name: 'Too late', isNumber: true },
      { name: 'Longest wait', isNumber: true },
    ],
    steps.map(({ fromMs, attempts, perSecond, inVain, late, longestWaitMs }) => [
      fromText(fromMs),
      grouped(attempts),
      rateText(rateIn(perSecond, 1_000), unit),
      grouped(inVain),
      late === undefined ? '' : grouped(late),
      longestWaitMs === undefined ? '' : duration(longestWaitMs),
    ]),
  );
}
