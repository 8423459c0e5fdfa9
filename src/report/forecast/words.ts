/** The report of `forecast`: what an outage does, what comes after it, and what to do about it. */
import type { ForecastAdvice } from '../../forecast/advice.js';
import type { RateUnit } from '../../forecast/arrival-rate.js';
import type { ForecastReceiver, ForecastSummary } from '../../forecast/records.js';
import { counted, grouped, some } from '../count.js';
import { EXIT, exitCodeOfForecast } from '../exit-code.js';
import { inLine } from '../foreign-text.js';
import { runNoteText, scheduleText } from '../run/words.js';
import { answerTime, duration, wholeDuration } from '../time.js';
import { rateOfAtLeast, rateText } from './rate-text.js';
import type { CapturedArrivals, ForecastSource, ForecastStory } from './story.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

const hooks = (number: number): string => counted(number, 'web hook');
const attempts = (number: number): string => counted(number, 'attempt');

const answers = (number: number): string => counted(number, 'answer');

/** What it is about, in a line. */
export function titleText({ arrivals, outage, unit }: ForecastStory): string {
  const length = wholeDuration(outage.toMs - outage.fromMs);
  const start = outage.fromMs === 0 ? '' : `, ${wholeDuration(outage.fromMs)} after the first`;
  return arrivals.kind === 'constant'
    ? `an outage of ${length} at ${rateText(arrivals, unit)}${start}`
    : `an outage of ${length} in ${inLine(arrivals.file)}${start}`;
}

export function retriesText({ retries, whileDown }: ForecastStory): string {
  const manner = whileDown === 'hangs' ? ', each attempt in vain taking 10 s' : '';
  return `${scheduleText(retries)}${manner}`;
}

/** What was assumed, and what a capture leaves open. */
export function noteTexts({ retries, arrivals, outage, receiver }: ForecastStory) {
  return [
    ...(retries.waitsMs.length === 0 ? [] : waitsNote(retries.schedule)),
    ...(arrivals.kind === 'capture' ? captureNotes(arrivals, outage.fromMs) : []),
    ...(receiver?.isOneAtATime === true
      ? ['without --capacity the receiver is taken to work on one web hook at a time']
      : []),
  ];
}

function waitsNote(schedule: ForecastStory['retries']['schedule']): readonly string[] {
  switch (schedule) {
    case 'published':
      return [runNoteText({ code: 'published-waits' })];
    case 'exponential':
      return [runNoteText({ code: 'assumed-waits' })];
    default:
      return [];
  }
}

function captureNotes(captured: CapturedArrivals, outageFromMs: number): readonly string[] {
  const { webHooks, spanMs, untimed, malformed, otherMethods, leftOver } = captured;
  const left = [
    ...some(untimed, 'without a time'),
    ...some(otherMethods, 'no POST'),
    ...some(malformed, 'malformed'),
  ];
  return [
    ...(webHooks === 0 ? [] : [`${hooks(webHooks)} within ${duration(spanMs)}`]),
    ...(left.length === 0 ? [] : [`left out of the capture: ${left.join(', ')}`]),
    ...(leftOver === 0 ? [] : [`parts of the capture that hold no web hook: ${leftOver}`]),
    ...(webHooks > 0 && outageFromMs > spanMs ? ['the outage begins after the last web hook'] : []),
  ];
}

/** What happens while the receiver is down. */
export function downRows(
  { backlog, attemptsInVain }: ForecastSummary,
  { whileDown }: ForecastStory,
): readonly TextRow[] {
  const manner = whileDown === 'hangs' ? 'failing after 10 s' : 'refused at once';
  return [
    ['backlog', `${hooks(backlog)} undelivered at its end`],
    ['in vain', `${attempts(attemptsInVain)}, ${manner}`],
  ];
}

/** A word and what there is to say of it. */
export type TextRow = readonly [word: string, text: string];

/** What comes back. */
export function backRows(summary: ForecastSummary, story: ForecastStory): readonly TextRow[] {
  const { wave, lost, remember } = summary;
  const { leastMs } = remember;
  const safe = wholeDuration(lost.longestSafeOutageMs);
  return [
    ...waveRows(summary, story),
    [
      'last retry',
      wave.retries === 0
        ? 'none comes'
        : `within ${wholeDuration(upToSeconds(wave.lastDeliveryMs))}`,
    ],
    [
      'lost',
      lost.webHooks === 0
        ? `none; outages of up to ${safe} lose nothing`
        : `${hooks(lost.webHooks)} for good, the first ${safe} into the outage`,
    ],
    ...(leastMs === 0 ? [] : [rememberRow(summary)]),
  ];
}

/** Where a web hook comes once, there is nothing to recognise. */
function rememberRow({ remember }: ForecastSummary): TextRow {
  const { leastMs, withTimeoutsMs } = remember;
  return [
    'remember',
    `each web hook for ${wholeDuration(leastMs)} or more from its first attempt on` +
      (withTimeoutsMs === leastMs
        ? ''
        : `, and ${wholeDuration(withTimeoutsMs)} where answers time out`),
  ];
}

function waveRows({ wave }: ForecastSummary, { unit, arrivals }: ForecastStory) {
  if (wave.retries === 0) return [];
  const { usual, rightAfter, highest } = wave;
  const isCapture = arrivals.kind === 'capture';
  const without = `without an outage ${rateText(usual, unit)}${isCapture ? ' in the busiest one' : ''}`;
  const first = isCapture ? 'in the first minute' : 'at once';
  const isFirst = highest.fromMs === 0;
  const rows: TextRow[] = [
    [
      'wave',
      isFirst && !isCapture
        ? `${rateText(highest, unit)} for the first ${wholeDuration(highest.toMs)}; ${without}`
        : `${rateText(rightAfter, unit)} ${first}; ${without}`,
    ],
  ];
  if (isFirst) return rows;
  const when = `from ${duration(highest.fromMs)} to ${duration(upToSeconds(highest.toMs))} after it`;
  return [...rows, ['highest', `${rateText(highest, unit)}, ${when}`] as const];
}

/** How a receiver with a capacity fares. */
export function receiverRows(
  receiver: ForecastReceiver,
  { unit, receiver: described }: ForecastStory,
): readonly TextRow[] {
  const capacity = rateText(receiver.capacity, described?.unit ?? unit);
  const longest = `longest answer ${answerText(receiver.longestAnswerMs)}`;
  const waiting = `at most ${grouped(receiver.mostWaiting)} waiting`;
  if (receiver.keepsUp) return [['receiver', `keeps up with ${capacity}: ${longest}, ${waiting}`]];
  if (receiver.keepsUp === undefined) {
    return [['receiver', `in time with ${capacity} for as long as it was followed: ${longest}`]];
  }
  const { lateAnswers, secondWave, unacknowledged } = receiver;
  return [
    [
      'receiver',
      `does not keep up with ${capacity}: ${answers(lateAnswers)} too late, ` +
        `${longest}, ${waiting}`,
    ],
    ...(secondWave === undefined ? [] : [secondWaveRow(secondWave)]),
    ...(unacknowledged === 0
      ? []
      : [['unheard', `${hooks(unacknowledged)} served, but never in time`] as const]),
    ['calm', calmText(receiver, unit)],
  ];
}

/** Of a capture, times are no whole seconds; where they are short, they are told to the millisecond. */
function upToSeconds(ms: number): number {
  return ms < MINUTE_MS ? Math.ceil(ms) : Math.ceil(ms / SECOND_MS) * SECOND_MS;
}

/** An answer that waits in a queue may take days. */
function answerText(ms: number): string {
  return ms < MINUTE_MS ? answerTime(ms) : duration(ms);
}

function secondWaveRow({
  attempts: again,
  fromMs,
  toMs,
}: NonNullable<ForecastReceiver['secondWave']>): TextRow {
  const when = `from ${duration(fromMs)} to ${duration(toMs)} after it`;
  return ['second wave', `${attempts(again)} of what was served too late, ${when}`];
}

function calmText({ calmAfterMs, followedMs, endsAt }: ForecastReceiver, unit: RateUnit): string {
  if (calmAfterMs !== undefined) return `${duration(calmAfterMs)} after it`;
  return `not within ${duration(followedMs)}: ${rateText(endsAt, unit)} still come`;
}

/** What it all comes to: the exit code says how well. */
export function verdictText(summary: ForecastSummary, { unit, arrivals }: ForecastStory): string {
  const { backlog, lost, wave, receiver } = summary;
  const isLate = receiver?.keepsUp === false;
  switch (exitCodeOfForecast(summary, arrivals)) {
    case EXIT.interrupted:
      return '! Interrupted: the receiver was not followed to the end.';
    case EXIT.couldNotTell:
      return arrivals.kind === 'capture' && arrivals.webHooks === 0
        ? nothingText(arrivals)
        : '? Whether the receiver keeps up is not known: the simulation ended before the wave did.';
    case EXIT.askedWrongly:
      return malformedText(arrivals);
    case EXIT.satisfied:
      return wave.retries === 0
        ? '✓ Nothing comes back, and nothing is lost.'
        : `✓ ${hooks(wave.retries)} ${wave.retries === 1 ? 'comes' : 'come'} back, at most ${rateText(wave.highest, unit)}, and none is lost.`;
    default:
      return lost.webHooks === 0
        ? '✗ None is lost, but answers come too late and a second wave follows.'
        : `✗ ${grouped(lost.webHooks)} of ${hooks(backlog)} ${lost.webHooks === 1 ? 'is' : 'are'} lost for good${isLate ? ', and answers come too late' : ''}.`;
  }
}

function enoughText({ enoughCapacity, wave }: ForecastSummary, unit: RateUnit): string {
  if (enoughCapacity === undefined || wave.retries === 0) return '';
  return `; ${rateOfAtLeast(enoughCapacity, unit)} is enough`;
}

/** How far a simulation is, for a line that changes. */
export function progressText(simulated: number): string {
  return `${attempts(simulated)} simulated`;
}

function nothingText(arrivals: ForecastSource): string {
  const isUntimed = arrivals.kind === 'capture' && arrivals.untimed > 0;
  return isUntimed
    ? '? Nothing to forecast: no web hook in the capture says when it came.'
    : '? Nothing to forecast: there is no web hook in the capture.';
}

function malformedText(arrivals: ForecastSource): string {
  const malformed = arrivals.kind === 'capture' ? arrivals.malformed : 0;
  return `✗ ${counted(malformed, 'entry', 'entries')} of the capture malformed, and left out of this.`;
}

/** What to do, in a sentence or two. */
export function adviceText(
  advice: ForecastAdvice,
  summary: ForecastSummary,
  unit: RateUnit,
): string {
  switch (advice.code) {
    case 'ask-for-the-lost':
      return `Ask Inqud's API for what is lost: it came in the first ${wholeDuration(advice.firstPartMs)} of the outage, and is never sent again.`;
    case 'say-the-capacity':
      return `Say --capacity, which \`inqud-hook burst --find-limit\` measures, and this tells whether the receiver keeps up${enoughText(summary, unit)}.`;
    case 'too-slow-for-the-usual':
      return 'The receiver cannot take even what comes without an outage.';
    case 'answers-too-slow':
      return 'The work on one web hook takes longer than the 10 s that Inqud waits: no answer is in time.';
    case 'capacity':
      return `With ${rateOfAtLeast(advice.enough, unit)} every answer is in time.`;
    case 'answer-first':
      return 'Store the web hook, answer 200, and work later: that is capacity without machines.';
    case 'refuse-early':
      return 'Answer 503 at once where more wait than 10 s of work: a refused attempt costs nothing and comes again, a late one is work for nothing and comes again, too.';
    case 'jitter':
      return 'Jitter does not help, nor do longer waits: attempts are spread, and none fewer come.';
    case 'safe-rate':
      return `Below ${rateText(advice.safe, unit)} late answers cannot keep themselves going: a web hook comes ${counted(advice.attempts, 'time')} at most, and all of that fits.`;
    default:
      return advice satisfies never;
  }
}
