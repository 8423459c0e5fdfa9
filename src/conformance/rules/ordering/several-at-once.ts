import type { Case } from '../../confirm.js';
import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindLife, SeenKind } from '../../profile.js';
import { type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import type { Script, ScriptDelivery, ScriptStep } from '../../script.js';
import { seenKinds } from '../kinds.js';

export const orderingSeveralAtOnce: Rule = {
  id: 'ordering/several-at-once',
  severity: 'must',
  title: 'Resources that come at the same time do not disturb each other',
  source: SOURCES.webHooks,
  advice:
    'Keep what belongs to one web hook in local variables, and change a shared number in one statement of the database (balance = balance + amount), never by reading it first and writing it later.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

/** A race does not show every time. */
const RACES = 6;

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const kinds = seenKinds(laboratory);
  const copies = Math.max(1, Math.ceil(RACES / kinds.length));
  const cases = kinds.flatMap((kind) => Array.from({ length: copies }, () => casesOf(kind)).flat());
  return judge(laboratory, cases, 'Resources that came at the same time disturbed each other.');
}

function casesOf(kind: SeenKind): readonly Case[] {
  const { main, contrast } = kind;
  const apart = inStep(kind, [main, contrast, main], (index) => index);
  const ofOneOrder = inStep(kind, [main, main], () => 0);
  return [
    { script: apart, measure: { kind: 'same' }, isRace: true },
    { script: ofOneOrder, measure: { kind: 'in-turn' }, isRace: true },
  ];
}

/** Some resources, each event of all of them at the same time. */
function inStep(
  { name }: SeenKind,
  lives: readonly KindLife[],
  orderOf: (index: number) => number,
): Script {
  const longest = Math.max(...lives.map(({ events }) => events.length));
  const steps = Array.from({ length: longest }, (_, place): ScriptStep => {
    const deliveries = lives.flatMap(({ events }, resource): readonly ScriptDelivery[] => {
      const event = events[place];
      return event === undefined ? [] : [{ resource, event, answer: 'awaited' }];
    });
    return { kind: 'send', deliveries };
  });
  return {
    resources: lives.map(({ end }, index) => ({ kind: name, end, order: orderOf(index) })),
    steps,
  };
}
