import type { Case } from '../../confirm.js';
import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindLife, KindUnderTest } from '../../profile.js';
import { type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { finalLives, hasUnshownSuccess, inTurn, sameCase, scriptFor, seenKinds } from '../kinds.js';

const LONGEST_COMPLETE = 4;

export const orderingAnyOrder: Rule = {
  id: 'ordering/any-order',
  severity: 'must',
  title: 'The order of arrival does not matter',
  source: SOURCES.webHooks,
  advice:
    'Give each status a rank (or compare lastUpdatedAt, where the bodies have it) and never let an older one replace a newer one; do the work of a final status whatever came before.',
  needs: ['moving-state'],
  when: 'side-by-side',
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const seen = seenKinds(laboratory).flatMap((kind) => [
    ...orders(kind.main.events).map((order) => sameCase(kind, kind.main, inTurn(order))),
    ...otherEnds(kind).map((life) => sameCase(kind, life, inTurn([...life.events].reverse()))),
  ]);
  const unseen = hasUnshownSuccess(laboratory) ? [] : laboratory.kinds.flatMap(lastFirst);
  return judge(
    laboratory,
    [...seen, ...unseen],
    'The same web hooks in another order left another state.',
  );
}

/** Another way to end; what only stops half-way is the affair of `ordering/earlier-status-shown`. */
function otherEnds(kind: KindUnderTest): readonly KindLife[] {
  return finalLives(kind).filter(({ end }) => end === kind.contrast.end);
}

/** Where the first event is all that counts, the end of a life shows only when it comes first. */
function lastFirst(kind: KindUnderTest): readonly Case[] {
  if (kind.profile !== undefined || !kind.moves) return [];
  const steps = inTurn([...kind.main.events].reverse());
  return [{ script: scriptFor(kind, kind.main, steps), measure: { kind: 'equal' } }];
}

/** Every order of a short life; of a longer one those that begin with each event, and the reverse. */
function orders(events: readonly string[]): readonly (readonly string[])[] {
  if (events.length <= LONGEST_COMPLETE) return permutations(events).slice(1);
  const rotations = events.map((_, start) => [...events.slice(start), ...events.slice(0, start)]);
  return [...rotations.slice(1), [...events].reverse()];
}

function permutations(events: readonly string[]): readonly (readonly string[])[] {
  if (events.length <= 1) return [events];
  return events.flatMap((event, index) =>
    permutations([...events.slice(0, index), ...events.slice(index + 1)]).map((rest) => [
      event,
      ...rest,
    ]),
  );
}
