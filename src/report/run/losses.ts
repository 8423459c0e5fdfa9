import type { RunSummary } from '../../delivery/records.js';
import { EXIT, exitCodeOfRun } from '../exit-code.js';
import { findingOf } from '../explain.js';

const LISTED = 5;
const LISTED_FINDINGS = 3;

/** The events that used up their attempts. When nothing ever connected, none of them says more. */
export function lostLines(summary: RunSummary): readonly string[] {
  if (exitCodeOfRun(summary) === EXIT.couldNotTell) return [];
  const listed = summary.lostEvents.slice(0, LISTED);
  const more = summary.events.lost - listed.length;
  return [
    ...listed.map(({ event, resource }) => `  lost: ${event} ${resource}`),
    ...(more > 0 ? [`  lost: … and ${more} more`] : []),
  ];
}

/** What the last answers to lost events say about the receiver, each once. */
export function findingLines({ lostEvents }: RunSummary): readonly string[] {
  const findings = new Set(lostEvents.map(({ lastOutcome }) => findingOf(lastOutcome)));
  return [...findings].slice(0, LISTED_FINDINGS).map((finding) => `! ${finding}`);
}
