import type { RuleResult } from '../../src/conformance/rule.js';
import { RULES } from '../../src/conformance/rules/registry.js';
import type { Aid } from './aids.js';
import { CHOICES, type Choice, modelOf, type Way } from './choices.js';
import { judge } from './judge.js';

/** What the rules say of a receiver that does one thing in this way, by rule: those of an area, or one. */
export async function verdicts(area: string, way: Way): Promise<ReadonlyMap<string, RuleResult>> {
  const rules = RULES.filter(({ id }) => id.startsWith(area));
  const aids = new Set<Aid>(way.aids);
  const { results } = await judge(modelOf([way]), '1', { aids, rules });
  return new Map(results.map((result) => [result.rule.id, result]));
}

export function wayOf(part: string, name: string): Way {
  const choice: Choice | undefined = CHOICES.find((one) => one.part === part);
  const way = [...(choice?.right ?? []), ...(choice?.wrong ?? [])].find((one) => one.name === name);
  if (way === undefined) throw new Error(`There is no way "${part}: ${name}".`);
  return way;
}

export function failed(found: ReadonlyMap<string, RuleResult>): readonly string[] {
  return [...found.values()]
    .filter(({ verdict }) => verdict.status === 'fail')
    .map(({ rule }) => rule.id);
}
