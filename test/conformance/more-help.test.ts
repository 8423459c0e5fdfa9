import { expect, test } from 'vitest';
import { type HelpFacts, missingHelps } from '../../src/conformance/more-help.js';
import type { RuleResult } from '../../src/conformance/rule.js';
import { RULES } from '../../src/conformance/rules/registry.js';

const CODES = {
  state: 'needs-state',
  'moving-state': 'needs-state',
  'fault-commands': 'needs-fault-commands',
  'mock-api': 'needs-mock-api',
} as const;

/** Every rule, skipped where it needs a help that was not given. */
function resultsWithout(...missing: readonly string[]): readonly RuleResult[] {
  return RULES.map((rule) => {
    const need = rule.needs.findLast((one) => missing.includes(one));
    const code = Object.entries(CODES).find(([name]) => name === need)?.[1];
    return code === undefined
      ? { kind: 'result', rule, verdict: { status: 'pass', evidence: '' } }
      : { kind: 'result', rule, verdict: { status: 'skipped', evidence: { code } } };
  });
}

function helps(facts: Partial<HelpFacts>) {
  const usual = { all: RULES, hasPrepare: false, lingerMs: 5_000, isWhole: true };
  return missingHelps({ ...usual, results: resultsWithout(), ...facts }).map(({ help }) => help);
}

test('what is worth most comes first', () => {
  const results = resultsWithout('fault-commands', 'mock-api');
  expect(helps({ results })).toEqual(['faults', 'api', 'orders', 'age']);
});

test('without a state nothing is worth as much', () => {
  const results = resultsWithout('state', 'moving-state', 'fault-commands', 'mock-api');
  expect(helps({ results })).toEqual(['state', 'faults', 'api']);
});

test('what was given is not asked for', () => {
  expect(helps({ hasPrepare: true, lingerMs: 30_000 })).toEqual([]);
});

test('who asks for some rules hears of nothing that those do not want', () => {
  expect(helps({ results: resultsWithout().slice(0, 3) })).toEqual([]);
  const recovery = resultsWithout('mock-api').filter(({ rule }) => rule.id.startsWith('recovery/'));
  expect(helps({ results: recovery })).toEqual(['api']);
});

test('a run that broke off, and one that delivers failures again, want nothing', () => {
  expect(helps({ results: resultsWithout('mock-api'), isWhole: false })).toEqual([]);
});
