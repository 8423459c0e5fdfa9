import { type Finding, findingOf } from '../../delivery/findings.js';
import type { EventLabel, RunSummary } from '../../delivery/records.js';
import { firstOnes } from '../distinct.js';
import { EXIT, exitCodeOfRun } from '../exit-code.js';
import { inLine } from '../foreign-text.js';
import { findingText } from '../words.js';

const LISTED = 5;
const LISTED_FINDINGS = 3;

/** The events that used up their attempts. When nothing ever connected, none of them says more. */
export function lostLines(summary: RunSummary): readonly string[] {
  if (exitCodeOfRun(summary) === EXIT.couldNotTell) return [];
  return listed('lost', summary.lostEvents, summary.events.lost);
}

/** The events that faults kept away for good, apart from the others. */
export function withheldLines({ withheldEvents, events }: RunSummary): readonly string[] {
  return listed('withheld', withheldEvents, events.withheld);
}

function listed(word: string, labels: readonly EventLabel[], count: number): readonly string[] {
  const shown = labels.slice(0, LISTED);
  const more = count - shown.length;
  return [
    ...shown.map(({ event, resource }) => `  ${word}: ${inLine(`${event} ${resource}`)}`),
    ...(more > 0 ? [`  ${word}: … and ${more} more`] : []),
  ];
}

/** What the last answers to lost events say about the receiver, each once. */
export function findingLines(summary: RunSummary, isSigned?: boolean): readonly string[] {
  return findingTexts(summary, isSigned).map((text) => `! ${inLine(text)}`);
}

/** The same as sentences. */
export function findingTexts(summary: RunSummary, isSigned?: boolean): readonly string[] {
  return toldFindings(summary).map((finding) => findingText(finding, isSigned));
}

/** What is told of the last answers to lost events. */
export function toldFindings({ lostEvents }: RunSummary): readonly Finding[] {
  const findings = lostEvents.map(({ lastOutcome }) => findingOf(lastOutcome)).filter(firstOnes());
  return findings.slice(0, LISTED_FINDINGS);
}
