import type { LimitStep, LimitSummary } from '../../../load/records.js';
import { counted, grouped } from '../../count.js';
import { EXIT, exitCodeOfLimit } from '../../exit-code.js';
import { answerTime, duration } from '../../time.js';

const VERDICTS: Readonly<Record<LimitStep['verdict'], string>> = {
  held: 'held',
  failed: 'not all answered 200 in time',
  slow: 'too slow',
  growing: 'slower and slower',
  'not-kept': 'this machine could not send so fast',
};

/** What came of a rate. */
export function verdictOfStep(verdict: LimitStep['verdict']): string {
  return VERDICTS[verdict];
}

export function signOfStep(verdict: LimitStep['verdict']): string {
  return verdict === 'held' ? '✓' : '✗';
}

/** A rate that was tried, in a line. */
export function stepText(step: LimitStep): string {
  const { loop, perSecond, connections, verdict, failed, latency } = step;
  const sign = signOfStep(verdict);
  const rate = `${rateOfLimit(perSecond)}`.padStart(9);
  const lost = failed === 0 ? '' : `, ${grouped(failed)} failed`;
  if (loop === 'closed') {
    return `${sign} ${rate} answered on ${counted(connections ?? 0, 'connection')}${lost}`;
  }
  const times =
    latency === undefined
      ? ''
      : `: p99 ${answerTime(latency.p99Ms)}, longest ${answerTime(latency.maxMs)}`;
  return `${sign} ${rate} sent on time${times}${lost}${verdict === 'held' ? '' : ` · ${verdictOfStep(verdict)}`}`;
}

/** A rate as `forecast --capacity` takes it: `480/s`. */
export function rateOfLimit(perSecond: number): string {
  return `${digitsThatCount(perSecond)}/s`;
}

/** The same for people: `14,200/s`. */
export function shownRate(perSecond: number): string {
  return `${grouped(digitsThatCount(perSecond))}/s`;
}

function digitsThatCount(perSecond: number): number {
  return perSecond >= 100 ? Math.floor(perSecond) : Number(perSecond.toPrecision(3));
}

export function limitVerdict(summary: LimitSummary): string {
  const { limitPerSecond, p99LimitMs, forMs, isConnected } = summary;
  switch (exitCodeOfLimit(summary)) {
    case EXIT.interrupted:
      return limitPerSecond === undefined
        ? '! Interrupted before a rate was found that holds.'
        : `! Interrupted: ${rateOfLimit(limitPerSecond)} holds, and more may.`;
    case EXIT.satisfied:
      return `✓ Up to ${rateOfLimit(limitPerSecond ?? 0)} every web hook was answered 200 in time, 99 % within ${duration(p99LimitMs)}, for ${duration(forMs)}.`;
    case EXIT.refused:
      if (summary.isDown) {
        return '✗ The receiver went down while rates were tried: it takes no connections any more.';
      }
      return '✗ No rate was found at which every web hook is answered 200 in time.';
    default:
      return isConnected
        ? '? This machine could not keep any rate that was tried: nothing is known of the receiver.'
        : '? No web hook ever connected: is the receiver running?';
  }
}

/** What to do with it: a command that can be copied as it stands. */
export function forecastLines({ limitPerSecond }: LimitSummary): readonly string[] {
  if (limitPerSecond === undefined) return [];
  return [
    'What an outage would bring back, with a rate and a length of yours:',
    `  ${forecastCommand(limitPerSecond)}`,
  ];
}

/** What makes the limit say less than it seems to. */
export function limitWarnings({ limitPerSecond, limitedBy }: LimitSummary): readonly string[] {
  return limitPerSecond !== undefined && limitedBy === 'not-kept'
    ? ['! This machine could not send faster: the receiver may take more.']
    : [];
}

export function forecastCommand(limitPerSecond: number): string {
  return `inqud-hook forecast --rate 20/min --outage 3h --capacity ${rateOfLimit(limitPerSecond)}`;
}

/** For a line that changes in place. */
export function limitProgressText(): string {
  return 'trying rates';
}
