import { describe, expect, it } from 'vitest';
import type { RuleResult } from '../../src/conformance/rule.js';
import { RULES } from '../../src/conformance/rules/registry.js';
import type { Aid } from './aids.js';
import { CHOICES, type Choice, modelOf, type Way } from './choices.js';
import { judge } from './judge.js';
import { CORRECT } from './model.js';

/** Verdicts by rule, of the rules of an area that were judged. */
async function verdicts(area: string, way: Way): Promise<ReadonlyMap<string, RuleResult>> {
  const rules = RULES.filter(({ id }) => id.startsWith(area));
  const aids = new Set<Aid>(way.aids);
  const { results } = await judge(modelOf([way]), '1', { aids, rules });
  return new Map(results.map((result) => [result.rule.id, result]));
}

function wayOf(part: string, name: string): Way {
  const choice: Choice | undefined = CHOICES.find((one) => one.part === part);
  const way = [...(choice?.right ?? []), ...(choice?.wrong ?? [])].find((one) => one.name === name);
  if (way === undefined) throw new Error(`There is no way "${part}: ${name}".`);
  return way;
}

function failed(found: ReadonlyMap<string, RuleResult>): readonly string[] {
  return [...found.values()]
    .filter(({ verdict }) => verdict.status === 'fail')
    .map(({ rule }) => rule.id);
}

describe('work that fails on command', () => {
  it('is done on the retry, or later', async () => {
    expect(failed(await verdicts('retries/', wayOf('failure', 'done later')))).toEqual([]);
  });

  it('is one finding when it was marked as done before', async () => {
    const found = await verdicts('retries/', wayOf('failure', 'marked before the work'));
    expect(failed(found)).toEqual(['retries/not-done-before-done']);
    expect(found.get('retries/failed-work-redone')?.verdict.status).toBe('skipped');
  });

  it('is one finding when it was answered 200 and forgotten', async () => {
    const found = await verdicts('retries/', wayOf('failure', 'answered 200 and forgotten'));
    expect(failed(found)).toEqual(['retries/failed-work-redone']);
  });

  it('meets what is done after the answer as well', async () => {
    const way = wayOf('failure', 'answered 200 and forgotten');
    const later: Way = {
      ...way,
      change: (model) => ({ ...way.change(model), work: { kind: 'later', ms: 50 } }),
    };
    expect(failed(await verdicts('retries/', later))).toEqual(['retries/failed-work-redone']);
  });
});

describe('orders that are prepared', () => {
  it.each(['404 before it', 'kept until it is there'])('exist: %s', async (name) => {
    const found = await verdicts('ordering/', wayOf('order first', name));
    expect(failed(found)).toEqual([]);
    expect(found.get('ordering/any-order')?.verdict.status).toBe('pass');
  });

  it('are no use to a receiver that needs none', async () => {
    const { results } = await judge(CORRECT, '1', {
      aids: new Set(['prepare', 'fault']),
      rules: RULES.filter(({ id }) => /^(ordering|retries)/.test(id)),
    });
    expect(results.filter(({ verdict }) => verdict.status !== 'pass')).toEqual([]);
  });
});

describe('the API', () => {
  it.each(['is asked about what is open', 'alone is believed'])('heals: %s', async (name) => {
    const found = await verdicts('recovery/', wayOf('API', name));
    expect(failed(found)).toEqual([]);
    expect(found.get('recovery/self-heals')?.verdict.status).toBe('pass');
  });

  it('does not heal who never asks', async () => {
    const found = await verdicts('recovery/', wayOf('API', 'is not asked at all'));
    expect(failed(found)).toEqual(['recovery/self-heals']);
  });
});
