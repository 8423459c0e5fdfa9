import type { Case } from '../../confirm.js';
import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import { lifeOf, type SeenKind } from '../../profile.js';
import { type Rule, type RuleVerdict, SOURCES, skipped } from '../../rule.js';
import type { ScriptStep } from '../../script.js';
import { inTurn, scriptFor, seenKinds } from '../kinds.js';
import { type Walk, walksOf } from './walks.js';

export const payloadDetours: Rule = {
  id: 'payload/detours',
  severity: 'must',
  title: 'A detour ends as the direct way does',
  source: SOURCES.paymentStatuses,
  advice:
    'Only a final status ends a life: what is FROZEN may be paid, fail or be PENDING again. Take the final status whatever came before it.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const cases = seenKinds(laboratory).flatMap((kind) =>
    walksOf(kind.kind).flatMap((walk) => detourCase(kind, walk)),
  );
  if (cases.length === 0) return Promise.resolve(skipped('No kind under test can take a detour.'));
  return judge(laboratory, cases, 'A life that took a detour did not end as the direct way does.');
}

/** A walk that is not the usual one, held against the usual one to the same end. */
function detourCase(kind: SeenKind, walk: Walk): readonly Case[] {
  const end = walk.steps.at(-1)?.status;
  if (end === undefined) return [];
  const life = lifeOf(kind.kind, end);
  const direct = scriptFor(kind, life, inTurn(life.events));
  const steps = stepsOf(walk, life.events.length - 1);
  const events = steps.flatMap(({ deliveries }) => deliveries.map(({ event }) => event));
  if (events.join() === life.events.join()) return [];
  return [
    { script: scriptFor(kind, life, steps), measure: { kind: 'decided-as', script: direct } },
  ];
}

/**
 * The end happens when it usually does, so that its body is that of the direct way; what came before
 * it happens in between, each later than the one before.
 */
function stepsOf({ start, steps }: Walk, endMoment: number): readonly ScriptStep[] {
  const first: ScriptStep = {
    kind: 'send',
    deliveries: [{ resource: 0, event: start.name, answer: 'awaited' }],
  };
  return [
    first,
    ...steps.map(({ status, transition: { set } }, index): ScriptStep => {
      const moment = (endMoment * (index + 1)) / steps.length;
      const variant = set.length === 0 ? {} : { variant: { set } };
      const event = { resource: 0, event: status.name, answer: 'awaited', moment } as const;
      return { kind: 'send', deliveries: [{ ...event, ...variant }] };
    }),
  ];
}
