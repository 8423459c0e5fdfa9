/** The report of `replay`: what is said of a capture, around the report of the run it makes. */
import type { CaptureCounts, MalformedReason } from '../../delivery/replay/records.js';
import { counted } from '../count.js';
import type { ReplayNote, ReplayStory } from './story.js';

export function replayNoteText(note: ReplayNote): string {
  switch (note.code) {
    case 'left-over':
      return `parts of the capture that hold no web hook: ${note.parts}`;
    case 'untimed':
      return `${note.captures} without a time go with the one before them`;
    case 'at-once':
      return 'everything is due at once; --speed keeps the original times, for the faults too';
    default:
      return note satisfies never;
  }
}

/** How the captures are sent, in a few words each. */
export function mannerTexts({ order, speed, signing, freshIds }: ReplayStory): readonly string[] {
  const orders = { received: 'as received', reverse: 'reversed', shuffle: 'shuffled' };
  return [
    orders[order],
    speed === undefined ? 'no waiting' : `${speed} × the original speed`,
    freshIds ? `fresh ids, ${signing}` : signing,
  ];
}

/** Why an entry cannot be replayed. */
export function malformedReason(reason: MalformedReason): string {
  return typeof reason === 'string'
    ? reason
    : `The header ${JSON.stringify(reason.header)} cannot be sent over HTTP/1.1.`;
}

export function malformedText({ malformed, entries }: CaptureCounts): string {
  return `✗ ${malformed} of ${counted(entries, 'entry', 'entries')} malformed.`;
}

export function nothingText(captures: CaptureCounts): string {
  if (captures.entries === 0) return '? Nothing to replay: there is no web hook in the capture.';
  const left = leftText(captures);
  return `? Nothing to replay${left === '' ? '' : `: ${left}`}.`;
}

/** What was not replayed, and why; empty where all was. */
export function leftText({ unselected, otherMethods }: CaptureCounts): string {
  return [
    ...(unselected === 0 ? [] : [`${unselected} not selected`]),
    ...(otherMethods === 0 ? [] : [`${otherMethods} no POST`]),
  ].join(', ');
}

export const DRY_RUN = 'Nothing was sent: this is a dry run.';

/** How far reading a capture is, for a line that changes. */
export function readText({ entries }: CaptureCounts): string {
  return `${entries} captures read`;
}
