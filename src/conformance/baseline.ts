import * as v from 'valibot';
import { HookError } from '../errors.js';
import { partsOf } from './grounds.js';
import type { RuleResult } from './rule.js';

/** Failures that are known and accepted for now. */
export interface Baseline {
  readonly accepted: readonly string[];
}

const document = v.strictObject({
  schemaVersion: v.literal(1),
  accepted: v.array(v.string()),
});

/** @throws HookError `bad-baseline` */
export function parseBaseline(text: string, source: string): Baseline {
  try {
    const result = v.safeParse(document, JSON.parse(text));
    if (result.success) return result.output;
    throw badBaseline(source, result.issues[0].message);
  } catch (error) {
    if (error instanceof SyntaxError) throw badBaseline(source, 'it is not JSON');
    throw error;
  }
}

/** Accepted failures become passes that say so; what is accepted but holds is stale. */
export function acceptFailure(result: RuleResult, baseline: Baseline): RuleResult {
  const { rule, verdict } = result;
  if (verdict.status !== 'fail' || !baseline.accepted.includes(rule.id)) return result;
  const evidence = [{ code: 'accepted' } as const, ...partsOf(verdict.evidence)];
  return { ...result, verdict: { status: 'skipped', evidence } };
}

/** Only rules that were judged can be stale. */
export function staleEntries(
  results: readonly RuleResult[],
  { accepted }: Baseline,
): readonly string[] {
  return accepted.filter((id) =>
    results.some(({ rule, verdict }) => rule.id === id && verdict.status === 'pass'),
  );
}

function badBaseline(source: string, reason: string): HookError {
  return new HookError(
    'bad-baseline',
    `${source} is no baseline: ${reason}.`,
    'Write {"schemaVersion": 1, "accepted": ["ordering/any-order"]}.',
  );
}
