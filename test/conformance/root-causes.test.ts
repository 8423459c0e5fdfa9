import { describe, expect, it } from 'vitest';
import { rootCauseOf } from '../../src/conformance/root-causes.js';
import { fail, pass, type RuleResult } from '../../src/conformance/rule.js';
import { RULES } from '../../src/conformance/rules/registry.js';

/** What is said of each rule when these fail, in the order of the report. */
function causes(failing: readonly string[]): ReadonlyMap<string, string | undefined> {
  const told: RuleResult[] = [];
  for (const rule of RULES) {
    const isFailing = failing.includes(rule.id);
    const verdict = isFailing ? fail('It failed.') : pass('It held.');
    const followsFrom = isFailing ? rootCauseOf({ rule, verdict }, told) : undefined;
    told.push({ kind: 'result', rule, verdict, ...(followsFrom && { followsFrom }) });
  }
  return new Map(
    told
      .filter(({ verdict }) => verdict.status === 'fail')
      .map(({ rule, followsFrom }) => [rule.id, followsFrom]),
  );
}

describe('the root cause of a failure', () => {
  it('is the first of the rules that one mistake breaks', () => {
    const found = causes([
      'idempotency/duplicate-in-sequence',
      'idempotency/duplicate-concurrent',
      'retries/overlap',
      'search/random-deliveries',
    ]);
    expect(found.get('idempotency/duplicate-in-sequence')).toBeUndefined();
    expect(found.get('idempotency/duplicate-concurrent')).toBe('idempotency/duplicate-in-sequence');
    expect(found.get('retries/overlap')).toBe('idempotency/duplicate-in-sequence');
    expect(found.get('search/random-deliveries')).toBe('idempotency/duplicate-in-sequence');
  });

  it('is not looked for where nothing else failed', () => {
    for (const { id } of RULES) expect(causes([id]).get(id)).toBeUndefined();
  });

  it('is one for all forgeries that are taken', () => {
    const found = causes(['signature/missing-refused', 'signature/sha256-refused']);
    expect(found.get('signature/sha256-refused')).toBe('signature/missing-refused');
  });

  it('is no rule that follows from another itself', () => {
    const all = causes(RULES.map(({ id }) => id));
    for (const root of all.values()) if (root !== undefined) expect(all.get(root)).toBeUndefined();
  });

  it('is the digest over JSON written anew, where amounts are refused that it writes otherwise', () => {
    const found = causes(['signature/raw-bytes', 'payload/amount-precision']);
    expect(found.get('payload/amount-precision')).toBe('signature/raw-bytes');
  });

  it('does not mix two mistakes', () => {
    const found = causes(['signature/missing-refused', 'idempotency/duplicate-in-sequence']);
    expect([...found.values()]).toEqual([undefined, undefined]);
  });
});

describe('a failure that shows now and then', () => {
  const told = (id: string, story?: { readonly failed: number; readonly of: number }) => {
    const rule = RULES.find((one) => one.id === id);
    if (rule === undefined) throw new Error(id);
    const script = { resources: [], steps: [] };
    const verdict = fail('It failed.', { script, exchanges: [], wrong: [], times: story });
    return { kind: 'result', rule, verdict } as const;
  };
  const lossy = told('acknowledgement/burst-kept');

  it('follows from what a crowd lost', () => {
    const some = told('idempotency/ids-alike', { failed: 2, of: 5 });
    expect(rootCauseOf(some, [lossy])).toBe('acknowledgement/burst-kept');
  });

  it('does not where it shows every time', () => {
    const all = told('idempotency/ids-alike', { failed: 5, of: 5 });
    expect(rootCauseOf(all, [lossy])).toBeUndefined();
  });
});
