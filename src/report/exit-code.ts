import type { CheckSummary } from '../conformance/records.js';
import type { RunSummary } from '../delivery/records.js';
import type { CaptureCounts } from '../delivery/replay/records.js';
import type { SendSummary } from '../delivery/send-records.js';
import type { ForecastSummary } from '../forecast/records.js';
import type { ListenSummary } from '../listening/records.js';
import type { LimitSummary, LoadSummary } from '../load/records.js';
import type { VerifySummary } from '../verification/records.js';
import type { ForecastSource } from './forecast/story.js';

/** The table of exit codes, the same for every command. */
export const EXIT = {
  satisfied: 0,
  refused: 1,
  askedWrongly: 2,
  couldNotTell: 3,
  bug: 70,
  interrupted: 130,
} as const;

/** 1 when the receiver's own answers lost an event; 3 when no attempt reached it; else 0. */
export function exitCodeOfRun(summary: RunSummary): number {
  if (summary.interrupted) return EXIT.interrupted;
  const { total, lost, withheld } = summary.events;
  const { sent, unreachable } = summary.attempts;
  const isConnected = sent > unreachable;
  if (!isConnected && total > 0) return EXIT.couldNotTell;
  if (lost > 0) return EXIT.refused;
  return total > 0 && withheld === total ? EXIT.couldNotTell : EXIT.satisfied;
}

/** What cannot be read beats what is lost; nothing at all to replay is no success. */
export function exitCodeOfReplay(summary: RunSummary, captures: CaptureCounts): number {
  if (summary.interrupted) return EXIT.interrupted;
  if (captures.malformed > 0) return EXIT.askedWrongly;
  return captures.replayed === 0 ? EXIT.couldNotTell : exitCodeOfRun(summary);
}

/** 0 when every answer is the expected one; 3 when no request got as far as a connection. */
export function exitCodeOfSend(summary: SendSummary): number {
  if (summary.interrupted) return EXIT.interrupted;
  if (summary.unexpected === 0) return EXIT.satisfied;
  return summary.connected ? EXIT.refused : EXIT.couldNotTell;
}

/** A tool that sent less on time than this did not measure what it was asked to. */
export const KEPT_SHARE = 0.99;

/**
 * 1 when more web hooks than allowed were not answered 200 in time, at whatever rate they were sent, or
 * a state is not what it has to be; 3 when none ever connected, and when all was well but the rate was
 * not kept or no state told anything, for that is no verdict.
 */
export function exitCodeOfBurst(summary: LoadSummary): number {
  if (summary.interrupted) return EXIT.interrupted;
  const { sent, failed, unreachable, allowedShare } = summary;
  if (sent === unreachable) return EXIT.couldNotTell;
  if (failed > allowedShare * sent) return EXIT.refused;
  const { states } = summary;
  if (states !== undefined && states.lost + states.otherwise > 0) return EXIT.refused;
  if (!isKept(summary) || states?.judged === 0) return EXIT.couldNotTell;
  return EXIT.satisfied;
}

/** 0 when a rate was found; 1 when none holds, or the receiver went down; 3 when nothing ever connected. */
export function exitCodeOfLimit(summary: LimitSummary): number {
  if (summary.interrupted) return EXIT.interrupted;
  if (!summary.isConnected) return EXIT.couldNotTell;
  if (summary.isDown) return EXIT.refused;
  if (summary.limitPerSecond !== undefined) return EXIT.satisfied;
  return summary.limitedBy === 'not-kept' ? EXIT.couldNotTell : EXIT.refused;
}

/** Whether enough was sent on time. */
export function isKept({ kept }: LoadSummary): boolean {
  return kept.share >= KEPT_SHARE;
}

/** What cannot be read beats what is rejected; nothing at all to verify is no success. */
export function exitCodeOfVerify(summary: VerifySummary): number {
  if (summary.interrupted) return EXIT.interrupted;
  const { entries, rejected, unsigned, malformed, unsignedAllowed } = summary;
  if (malformed > 0) return EXIT.askedWrongly;
  if (rejected > 0 || (unsigned > 0 && !unsignedAllowed)) return EXIT.refused;
  return entries === 0 ? EXIT.couldNotTell : EXIT.satisfied;
}

/**
 * 1 when a must failed or a baseline is stale, even if more could not be told; 3 when a must could not be
 * told, or every rule that was chosen is skipped.
 */
export function exitCodeOfCheck(summary: CheckSummary, staleBaseline = 0): number {
  if (summary.interrupted) return EXIT.interrupted;
  if (!summary.connected) return EXIT.couldNotTell;
  if (summary.readiness.verdict === 'replayed') return exitCodeOfReplayed(summary.readiness);
  if (summary.failed.must > 0 || staleBaseline > 0) return EXIT.refused;
  const isOfSome = summary.readiness.verdict === 'right-as-far-as-checked';
  const isNothingChecked = isOfSome && summary.counts.pass + summary.counts.fail === 0;
  return summary.untold > 0 || isNothingChecked ? EXIT.couldNotTell : EXIT.satisfied;
}

/** Of saved failures any that still fails counts, whatever its severity. */
function exitCodeOfReplayed({ failing, untold }: Replayed): number {
  if (failing > 0) return EXIT.refused;
  return untold > 0 ? EXIT.couldNotTell : EXIT.satisfied;
}

type Replayed = Extract<CheckSummary['readiness'], { readonly verdict: 'replayed' }>;

/**
 * 1 when a digest was wrong or missing although a secret was given, or the target of forwarding lost
 * an event; 3 when the time was up before what was asked for, or anything at all, had come.
 */
export function exitCodeOfListen(summary: ListenSummary): number {
  const { ended, rejected, unsigned, forwarded, missing, requests } = summary;
  if (ended === 'interrupted') return EXIT.interrupted;
  if (rejected > 0 || unsigned > 0 || (forwarded?.lost ?? 0) > 0) return EXIT.refused;
  return missing > 0 || requests === 0 ? EXIT.couldNotTell : EXIT.satisfied;
}

/**
 * 1 when web hooks are lost for good, or the receiver that was described does not keep up; 3 when that
 * is not known. What cannot be read of a capture beats that; nothing to forecast is no success.
 */
export function exitCodeOfForecast(summary: ForecastSummary, arrivals: ForecastSource): number {
  if (summary.interrupted) return EXIT.interrupted;
  if (arrivals.kind === 'capture' && arrivals.malformed > 0) return EXIT.askedWrongly;
  if (arrivals.kind === 'capture' && arrivals.webHooks === 0) return EXIT.couldNotTell;
  const { lost, receiver } = summary;
  if (lost.webHooks > 0 || receiver?.keepsUp === false) return EXIT.refused;
  return receiver !== undefined && receiver.keepsUp === undefined
    ? EXIT.couldNotTell
    : EXIT.satisfied;
}
