import type { Case } from '../../confirm.js';
import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import type { SeenKind } from '../../profile.js';
import { type Rule, type RuleVerdict, SOURCES, skipped } from '../../rule.js';
import { deliver, type Script, type ScriptStep } from '../../script.js';
import { seenKinds } from '../kinds.js';

export const orderingTwoResourcesOneOrder: Rule = {
  id: 'ordering/two-resources-one-order',
  severity: 'must',
  title: 'Two resources of one order do not disturb each other',
  source: SOURCES.webHooks,
  advice:
    'Key what you remember on the id of the resource, not on the order: one order can have several.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const cases = seenKinds(laboratory).flatMap(pairCases);
  if (cases.length === 0) return Promise.resolve(skipped('No kind under test can fail.'));
  return judge(laboratory, cases, 'A second resource of the same order disturbed the first.');
}

/** One resource of the order fails, another succeeds; the reference is one after the other. */
function pairCases(kind: SeenKind): readonly Case[] {
  if (kind.main.events.includes(kind.contrast.end)) return [];
  const fails = kind.contrast.events.map((event) => deliver(event, 0));
  const succeeds = kind.main.events.map((event) => deliver(event, 1));
  const reference = pair(kind, [...fails, ...succeeds]);
  const failsLate = [...fails.slice(0, -1), ...succeeds, ...fails.slice(-1)];
  const mixed = [
    ...fails.slice(0, 1),
    ...succeeds.slice(0, 1),
    ...fails.slice(1),
    ...succeeds.slice(1),
  ];
  const failsAgain = [...fails, ...succeeds, ...fails.slice(-1)];
  return [mixed, failsLate, failsAgain].map((steps) => ({
    script: pair(kind, steps),
    measure: { kind: 'decided-as', script: reference },
  }));
}

function pair({ name, main, contrast }: SeenKind, steps: readonly ScriptStep[]): Script {
  return {
    resources: [
      { kind: name, end: contrast.end, order: 0 },
      { kind: name, end: main.end, order: 0 },
    ],
    steps,
  };
}
