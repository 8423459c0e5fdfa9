/** The report of `listen`: a line a request, what forwarding comes to, and what it all came to. */
import type { ForwardNext, ListenSummary } from '../../listening/records.js';
import { counted, grouped, some } from '../count.js';
import { duration } from '../time.js';
import type { ListenStory } from './story.js';

/** How requests are answered and judged. */
export function mannerText({ survives, checksDigests }: ListenStory): string {
  const synced = survives === 'power-cut' ? ', synced' : '';
  const checked = checksDigests ? 'digests checked' : 'no secret, so digests are not checked';
  return `answered when on disk${synced} · ${checked} · Ctrl-C ends`;
}

export function skippedText(records: number): string {
  return `… ${counted(records, 'line')} not shown: they came too fast to be read`;
}

/** What follows an attempt to pass a request on, behind what came of it. */
export function nextText(next: ForwardNext): string {
  switch (next.kind) {
    case 'delivered':
      return '';
    case 'retry':
      return `, again in ${duration(next.waitMs)}`;
    case 'lost':
      return ', LOST';
    case 'cancelled':
      return ', again after the next start';
    default:
      return next satisfies never;
  }
}

export function totalsText(summary: ListenSummary): string {
  const { requests, genuine, rejected, unsigned, refused } = summary;
  const verdicts = [
    ...some(genuine, 'genuine'),
    ...some(rejected, 'rejected'),
    ...some(unsigned, 'unsigned'),
  ];
  const checked = verdicts.length === 0 ? '' : ` (${verdicts.join(', ')})`;
  const rest = refused === 0 ? '' : `, ${refused} refused`;
  return `${counted(requests, 'request')} recorded${checked}${rest}`;
}

export function missingText({ missing }: ListenSummary): string {
  return `${missing} fewer than asked for when the time was up`;
}

/** What the listener has left when it ends. */
export function waitingText({ waiting }: NonNullable<ListenSummary['forwarded']>): string {
  return `! ${counted(waiting, 'web hook')} ${waiting === 1 ? 'is' : 'are'} not passed on yet: the next \`listen\` with the same --out and --forward-to goes on with ${waiting === 1 ? 'it' : 'them'}.`;
}

export function forwardedText(forwarded: NonNullable<ListenSummary['forwarded']>): string {
  const { attempts, delivered, lost, waiting } = forwarded;
  const parts = [
    `${grouped(delivered)} delivered`,
    ...some(lost, 'lost'),
    ...some(waiting, 'waiting for a retry'),
  ];
  return `forwarded: ${parts.join(', ')}, in ${counted(attempts, 'attempt')}`;
}
