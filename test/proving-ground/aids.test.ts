import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/conformance/rules/registry.js';
import type { Way } from './choices.js';
import { judge } from './judge.js';
import { CORRECT } from './model.js';
import { failed, verdicts, wayOf } from './ways-judged.js';

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
