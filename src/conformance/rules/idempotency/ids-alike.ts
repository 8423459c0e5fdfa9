import type { Case } from '../../confirm.js';
import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import type { SeenKind } from '../../profile.js';
import { type Rule, type RuleVerdict, SOURCES, skipped } from '../../rule.js';
import { deliver } from '../../script.js';
import { seenKinds } from '../kinds.js';

export const idempotencyIdsAlike: Rule = {
  id: 'idempotency/ids-alike',
  severity: 'must',
  title: 'Resources whose ids are alike are told apart',
  source: SOURCES.webHooks,
  advice:
    'Key what was done on the whole id: a column that is too short, or an id that is cut for people, takes one payment for another.',
  needs: ['state'],
  when: 'side-by-side',
  isLeftOutWhenSlow: true,
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  if (areGiven(laboratory)) {
    return Promise.resolve(
      skipped('--prepare gives ids to the web hooks, so that none are alike.'),
    );
  }
  const cases = seenKinds(laboratory).flatMap(alikeCases);
  return judge(
    laboratory,
    cases,
    'Of two resources with ids that are alike, one was taken for the other.',
  );
}

/** Whether who makes the orders names the resources as well. */
function areGiven({ offers }: Laboratory): boolean {
  return [...offers.values()].some(({ subjects }) =>
    subjects.some(({ probe, renames }) => [...renames.values()].includes(probe.id)),
  );
}

/**
 * Three lives one after the other: the ids of the second and the third are like that of the first. Where
 * what was done is remembered by such an id, the second success is taken for a duplicate; where the row
 * is found by it, only another end of the first shows in it.
 */
function alikeCases({ name, main, contrast }: SeenKind): readonly Case[] {
  return [main, contrast].map((first): Case => {
    const resources = [
      { kind: name, end: first.end, order: 0 },
      { kind: name, end: main.end, order: 1, idLike: { resource: 0, at: 'start' } },
      { kind: name, end: main.end, order: 2, idLike: { resource: 0, at: 'end' } },
    ] as const;
    const steps = resources.flatMap((_, index) =>
      (index === 0 ? first : main).events.map((event) => deliver(event, index)),
    );
    return { script: { resources, steps }, measure: { kind: 'same' } };
  });
}
