import { HookError } from '../errors.js';
import { INQUD_TIMEOUT_MS } from '../webhook/scheme.js';
import { adviceOn } from './advise.js';
import { constantArrivals, recordedArrivals } from './arrival-times.js';
import { enoughCapacity } from './enough-capacity.js';
import type { ForecastRate } from './forecast-rate.js';
import type { ForecastRequest, ReceiverUnderForecast } from './forecast-request.js';
import { lastOfThem, lastRetryMs } from './last-retry.js';
import { countOutage, type OutageCase, type OutageCounts } from './outage-counts.js';
import { receiverForecast } from './receiver-forecast.js';
import type { ForecastReceiver, ForecastStep, ForecastSummary } from './records.js';
import { retryOffsets } from './retry-offsets.js';
import { stepLengthFor } from './step-length.js';
import { countSteps } from './steps.js';
import { waveLevels } from './wave.js';
import { constantHeight, type WaveHeight, WaveWatch } from './wave-height.js';
import { type QueueingReceiver, WaveSimulation } from './wave-simulation.js';

/** A whole forecast: the series and what it all comes to. */
export interface ForecastResult {
  readonly steps: readonly ForecastStep[];
  readonly summary: ForecastSummary;
}

/** A receiver without a capacity answers everything at once. */
const INSTANT = { serviceMs: 0, answerMs: 0 };
/** A simulation follows what comes back so many times as long as the outage and all retries take. */
const FOLLOWED_TIMES = 2;
/** A simulation ends after this many attempts. */
const MOST_ATTEMPTS = 50_000_000;
/** More web hooks do not wait at once in one. */
const MOST_WAITING = 20_000_000;

/**
 * A forecast as it is made. What can be counted is counted at once. What has to be simulated is done
 * piece by piece, so that whoever waits can look up in between.
 */
export class Forecast {
  readonly #request: ForecastRequest;
  readonly #case: OutageCase;
  readonly #counts: OutageCounts;
  readonly #lastMs: number;
  readonly #stepMs: number;
  readonly #watch: WaveWatch | undefined;
  readonly #simulation: WaveSimulation | undefined;
  #attemptsLeft = MOST_ATTEMPTS;
  #enough: { readonly capacity: ForecastRate | undefined } | undefined;

  /** @throws HookError `bad-flag` when a number cannot hold a count exactly */
  constructor(request: ForecastRequest) {
    this.#request = request;
    this.#case = caseOf(request);
    this.#counts = countOutage(this.#case);
    if (request.receiver !== undefined) refuseTooMany(this.#counts.backlog);
    this.#lastMs = this.#counts.backlog === this.#counts.lost ? 0 : this.#lastRetryMs();
    this.#stepMs = stepLengthFor(lengthMs(request) + this.#lastMs, spacingMs(request));
    this.#watch = watchOf(request);
    this.#simulation = this.#simulationOf();
  }

  /** Attempts that are simulated so far. */
  get simulated(): number {
    return MOST_ATTEMPTS - this.#attemptsLeft;
  }

  /** Simulates so many attempts. Says whether there is more to simulate. */
  advance(attempts: number): boolean {
    const most = Math.min(attempts, this.#attemptsLeft);
    this.#attemptsLeft -= most;
    return most > 0 && this.#simulation?.advance(most) === true;
  }

  /** @throws HookError `bad-flag` when a number cannot hold a count exactly */
  result({ interrupted }: { readonly interrupted: boolean }): ForecastResult {
    const steps = this.#steps();
    const receiver = this.#receiver(steps);
    return { steps, summary: this.#summary(receiver, interrupted) };
  }

  #summary(receiver: ForecastReceiver | undefined, interrupted: boolean): ForecastSummary {
    const { waitsMs, outage } = this.#request;
    const { backlog, attemptsInVain, lost } = this.#counts;
    const scheduleMs = this.#case.offsets.offsetsMs.at(-1) ?? 0;
    const { enoughCapacity, ...height } = this.#height();
    const attempts = waitsMs.length + 1;
    const known = { outage, lost, scheduleMs, attempts, usual: height.usual, enoughCapacity };
    return {
      kind: 'summary',
      backlog,
      attemptsInVain,
      lost: {
        webHooks: lost,
        ...(lost > 0 && { firstAfterMs: scheduleMs }),
        longestSafeOutageMs: scheduleMs,
      },
      wave: { ...height, retries: backlog - lost, lastDeliveryMs: this.#lastMs },
      remember: rememberedFor(waitsMs),
      enoughCapacity,
      receiver,
      advice: adviceOn({ ...known, receiver }),
      stepMs: this.#simulation?.tally.stepMs ?? this.#stepMs,
      interrupted,
    };
  }

  #lastRetryMs(): number {
    const { arrivals } = this.#request;
    return arrivals.kind === 'recorded' ? lastOfThem(this.#case) : lastRetryMs(this.#case);
  }

  #height(): WaveHeight {
    const { arrivals } = this.#request;
    if (this.#watch !== undefined) return this.#watch.height();
    if (arrivals.kind === 'recorded') throw new TypeError('recorded arrivals are watched');
    const { receiver, whileDown } = this.#request;
    const bounds = { answerMs: receiver?.answerMs, whileDown };
    this.#enough ??= { capacity: enoughCapacity(arrivals.rate, this.#case, bounds) };
    return constantHeight(arrivals.rate, waveLevels(this.#case), this.#enough.capacity);
  }

  #receiver(steps: readonly ForecastStep[]): ForecastReceiver | undefined {
    const { receiver } = this.#request;
    if (receiver === undefined || this.#simulation === undefined) return undefined;
    const { usual } = this.#height();
    const { answerMs } = queueing(receiver);
    const result = this.#simulation.result();
    return receiverForecast({ capacity: receiver.capacity, answerMs, usual, result, steps });
  }

  #steps(): readonly ForecastStep[] {
    const { receiver, arrivals } = this.#request;
    if (receiver === undefined || this.#simulation === undefined) {
      const grid = { stepMs: this.#stepMs, fromMs: -lengthMs(this.#request), toMs: this.#lastMs };
      return countSteps(this.#case, grid);
    }
    const { tally } = this.#simulation;
    const { endMs } = this.#simulation.result();
    const wholeMs = Math.floor(endMs / tally.stepMs) * tally.stepMs;
    return tally.steps(arrivals.kind === 'recorded' ? endMs : wholeMs);
  }

  #simulationOf(): WaveSimulation | undefined {
    const { receiver, outage, waitsMs, whileDown, arrivals } = this.#request;
    const watch = this.#watch;
    if (receiver === undefined && watch === undefined) return undefined;
    const allRetriesMs = lengthMs(this.#request) + rememberedFor(waitsMs).withTimeoutsMs;
    return new WaveSimulation({
      arrivals: this.#case.arrivals,
      outage,
      waitsMs,
      timeoutMs: INQUD_TIMEOUT_MS,
      whileDown,
      receiver: receiver === undefined ? INSTANT : queueing(receiver),
      untilMs:
        arrivals.kind === 'recorded'
          ? Number.POSITIVE_INFINITY
          : outage.toMs + FOLLOWED_TIMES * allRetriesMs,
      endsWhenCalm: isSteady(this.#request),
      stepMs: this.#stepMs,
      onAttempt: watch === undefined ? undefined : (atMs) => watch.add(atMs),
    });
  }
}

function refuseTooMany(backlog: number): void {
  if (backlog <= MOST_WAITING) return;
  throw new HookError(
    'bad-flag',
    `${backlog} web hooks come in the outage, and a receiver is simulated with ${MOST_WAITING} at most.`,
    'Divide --rate and --capacity by the same number, or leave --capacity away.',
  );
}

function caseOf({ arrivals, outage, waitsMs, whileDown }: ForecastRequest): OutageCase {
  return {
    arrivals:
      arrivals.kind === 'constant'
        ? constantArrivals(arrivals.rate)
        : recordedArrivals(arrivals.timesMs),
    outage,
    offsets: retryOffsets(waitsMs, whileDown === 'hangs' ? INQUD_TIMEOUT_MS : 0),
  };
}

function watchOf(request: ForecastRequest): WaveWatch | undefined {
  const { arrivals, outage } = request;
  if (arrivals.kind === 'constant') return undefined;
  return new WaveWatch(arrivals.timesMs, outage, answerWithinMs(request));
}

function lengthMs({ outage }: ForecastRequest): number {
  return outage.toMs - outage.fromMs;
}

/** Between one web hook and the next, where that is always the same. */
function spacingMs({ arrivals }: ForecastRequest): number {
  return arrivals.kind === 'constant'
    ? Number(arrivals.rate.perMs) / Number(arrivals.rate.count)
    : 0;
}

/** How long a web hook may wait before work on it begins. */
function answerWithinMs({ receiver }: ForecastRequest): number {
  return INQUD_TIMEOUT_MS - (receiver?.answerMs ?? 0);
}

function queueing({ capacity, answerMs }: ReceiverUnderForecast): QueueingReceiver {
  const serviceMs = Number(capacity.perMs) / Number(capacity.count);
  return { serviceMs, answerMs: answerMs ?? serviceMs };
}

/** Without an outage constant arrivals are all answered in time, so that calm lasts once it is there. */
function isSteady({ arrivals, receiver }: ForecastRequest): boolean {
  if (arrivals.kind === 'recorded' || receiver === undefined) return false;
  const { rate } = arrivals;
  const { capacity } = receiver;
  const fits = rate.count * capacity.perMs <= capacity.count * rate.perMs;
  return fits && queueing(receiver).answerMs <= INQUD_TIMEOUT_MS;
}

/** From the first attempt to the last, and the same where each of them but the last times out. */
function rememberedFor(waitsMs: readonly number[]) {
  const leastMs = waitsMs.reduce((sum, waitMs) => sum + waitMs, 0);
  return { leastMs, withTimeoutsMs: leastMs + waitsMs.length * INQUD_TIMEOUT_MS };
}
