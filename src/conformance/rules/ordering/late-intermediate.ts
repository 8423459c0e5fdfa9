import type { Kind, Status } from '../../../webhook/catalogue.js';
import { hasTimeForMore } from '../../calibration/pace.js';
import type { Case } from '../../confirm.js';
import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindLife, SeenKind } from '../../profile.js';
import { type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import type { ScriptStep } from '../../script.js';
import { finalLives, inTurn, sameCase, scriptFor, seenKinds } from '../kinds.js';
import { leadsTo } from '../payload/walks.js';

/** When a detour happened that comes late: half-way between the last two events of the life. */
const BEFORE_THE_END = 0.5;

export const orderingLateIntermediate: Rule = {
  id: 'ordering/late-intermediate',
  severity: 'must',
  title: 'A late intermediate status never undoes a final one',
  source: SOURCES.webHooks,
  advice:
    'A final status stays: ignore (but answer 200 to) what happened before it and comes after it.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const cases = seenKinds(laboratory).flatMap((kind) =>
    finalLives(kind).flatMap((life) => [
      ...lateSteps(kind, life),
      ...(hasTimeForMore(laboratory.pace) ? lateDetours(kind, life) : []),
    ]),
  );
  return judge(laboratory, cases, 'A late intermediate status undid a final one.');
}

/** Each status on the direct way to the end, after the end. */
function lateSteps(kind: SeenKind, life: KindLife): readonly Case[] {
  return life.events.slice(0, -1).map((late) => {
    const others = life.events.filter((event) => event !== late);
    return sameCase(kind, life, inTurn([...others, late]));
  });
}

/** Each status that may come before the end, but is not on the direct way to it, such as FROZEN. */
function lateDetours(kind: SeenKind, life: KindLife): readonly Case[] {
  const direct = scriptFor(kind, life, inTurn(life.events));
  return detoursTo(kind.kind, life).map(({ name }): Case => {
    const moment = life.events.length - 1 - BEFORE_THE_END;
    const late = { resource: 0, event: name, answer: 'awaited', moment } as const;
    const steps: readonly ScriptStep[] = [...direct.steps, { kind: 'send', deliveries: [late] }];
    return {
      script: scriptFor(kind, life, steps),
      measure: { kind: 'decided-as', script: direct },
    };
  });
}

function detoursTo(kind: Kind, { events, end }: KindLife): readonly Status[] {
  const last = kind.statuses.find(({ name }) => name === end)?.status;
  return kind.statuses.filter(
    (status) =>
      status.class === 'intermediate' &&
      !events.includes(status.name) &&
      last !== undefined &&
      leadsTo(kind, status.status, last),
  );
}
