import type { RunSummary } from '../../../delivery/records.js';
import { grouped } from '../../count.js';
import { findingTexts } from '../../run/losses.js';
import { totalFacts } from '../../run/totals.js';
import { outcomeText } from '../../words.js';
import { html, type MarkupValue } from '../markup.js';
import { callouts, facts, foreign, type Tile, table, tiles } from '../parts.js';

export function runTiles({ events, attempts, outOfOrder, faults }: RunSummary): MarkupValue {
  const { delivered, lost, withheld, open } = events;
  const optional: readonly (Tile & { readonly value: number })[] = [
    { name: 'withheld by our faults', value: withheld, tone: 'warn' },
    { name: 'not settled', value: open, tone: 'warn' },
    { name: nounOf(faults.duplicates, 'duplicate'), value: faults.duplicates },
    { name: nounOf(outOfOrder, 'stale arrival'), value: outOfOrder, tone: 'warn' },
  ];
  return tiles([
    { name: 'delivered', value: delivered, tone: delivered > 0 ? 'good' : undefined },
    { name: 'lost', value: lost, tone: lost > 0 ? 'bad' : undefined },
    {
      name: `${nounOf(attempts.sent, 'attempt')} ${attempts.unreachable > 0 ? 'made' : 'sent'}`,
      value: attempts.sent,
    },
    { name: nounOf(attempts.retries, 'retry', 'retries'), value: attempts.retries },
    ...optional.filter(({ value }) => value > 0),
  ]);
}

function nounOf(number: number, singular: string, plural = `${singular}s`): string {
  return number === 1 ? singular : plural;
}

/** What is lost and why, and what our own faults kept away. */
export function lossSections(summary: RunSummary, isSigned?: boolean): MarkupValue {
  const { lostEvents, withheldEvents, events } = summary;
  return [
    callouts(findingTexts(summary, isSigned)),
    lostEvents.length === 0
      ? undefined
      : html`<h2>Lost events</h2><p>${shownOf(lostEvents.length, events.lost)}Inqud sends none of them again.</p>${table(
          'Lost events',
          [
            { name: 'Event' },
            { name: 'Resource' },
            { name: 'Attempts', isNumber: true },
            { name: 'The last answer', isWide: true },
          ],
          lostEvents.map((lost) => [
            foreign(lost.event, 80),
            html`<span class="mono">${foreign(lost.resource, 80)}</span>`,
            lost.attempts,
            foreign(outcomeText(lost.lastOutcome)),
          ]),
        )}`,
    withheldEvents.length === 0
      ? undefined
      : html`<h2>Withheld events</h2><p>${shownOf(withheldEvents.length, events.withheld)}Faults of this run kept them away for good. They do not count against the receiver.</p>${table(
          'Withheld events',
          [{ name: 'Event' }, { name: 'Resource' }],
          withheldEvents.map(({ event, resource }) => [
            foreign(event, 80),
            html`<span class="mono">${foreign(resource, 80)}</span>`,
          ]),
        )}`,
  ];
}

function shownOf(shown: number, all: number): string {
  return shown < all ? `The first ${shown} of ${grouped(all)}. ` : '';
}

export function totalsSection(summary: RunSummary): MarkupValue {
  return html`<h2>In numbers</h2>${facts(totalFacts(summary))}`;
}
