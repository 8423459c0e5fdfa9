import { describe, expect, test, vi } from 'vitest';
import { type ReadinessFacts, readinessOf } from '../../src/conformance/readiness.js';
import { summarise } from '../../src/conformance/records.js';
import type { RuleResult, RuleStatus } from '../../src/conformance/rule.js';
import { RULES } from '../../src/conformance/rules/registry.js';
import { checkReceiver } from '../../src/library/check-receiver.js';
import { matchers } from '../../src/library/index.js';
import { readinessWords } from '../../src/report/check/words.js';
import { inqudHook } from '../world.js';
import { openShop, SECRET } from './shop.js';

const env = { INQUD_HOOK_SECRET: SECRET };

/** A check waits for receivers to settle, and machines can be busy. */
vi.setConfig({ testTimeout: 90_000 });

const NEEDS_HELP = RULES.filter(({ needs }) =>
  needs.some((need) => need === 'fault-commands' || need === 'mock-api'),
).map(({ id }) => id);

/** Every rule passed, but for those whose status is said. */
function results(statuses: Readonly<Record<string, RuleStatus>> = {}): readonly RuleResult[] {
  return RULES.map((rule) => ({
    kind: 'result',
    rule,
    verdict: { status: statuses[rule.id] ?? 'pass', evidence: '' },
  }));
}

function readiness(facts: Partial<ReadinessFacts> = {}) {
  return readinessOf({
    all: RULES,
    results: results(),
    hasState: true,
    kinds: ['checkout'],
    refused: [],
    leftOut: [],
    connected: true,
    interrupted: false,
    accepted: 0,
    ...facts,
  });
}

describe('ready is said', () => {
  test('when every must was told and holds', () => {
    expect(readiness()).toEqual({
      verdict: 'ready',
      kinds: ['checkout'],
      refused: [],
      leftOut: [],
      notTried: [],
    });
  });

  test('beside the kinds that there was no time for', () => {
    const facts = { hasState: true, kinds: ['checkout'], refused: [], leftOut: ['payment'] };
    const run = { all: RULES, connected: true, interrupted: false, accepted: 0 };
    const summary = summarise(results(), {
      ...facts,
      ...run,
      missingHelps: [],
      requests: 0,
      elapsedMs: 0,
      masked: [],
    });
    expect(readinessWords(summary).text).toBe(
      'This receiver is ready for Inqud, as far as tried (checkout); not tried: payment.',
    );
  });

  test('beside what was not tried for want of a help', () => {
    const skipped = Object.fromEntries(NEEDS_HELP.map((id) => [id, 'skipped' as const]));
    expect(readiness({ results: results(skipped) })).toEqual({
      verdict: 'ready',
      kinds: ['checkout'],
      refused: [],
      leftOut: [],
      notTried: ['failed-work', 'recovery'],
    });
  });

  test('whatever a should or an advice came to', () => {
    const lesser = RULES.filter(({ severity }) => severity !== 'must');
    const failed = Object.fromEntries(lesser.map(({ id }) => [id, 'fail' as const]));
    expect(readiness({ results: results(failed) }).verdict).toBe('ready');
  });
});

describe('of failures that are delivered again is said', () => {
  const [one = '', other = ''] = NEEDS_HELP;
  const replayed = (statuses: Readonly<Record<string, RuleStatus>>) => {
    const known = results(statuses).filter(({ rule }) => rule.id in statuses);
    return readiness({ results: known, isReplay: true });
  };

  test.each<[RuleStatus, RuleStatus, number, number, number]>([
    ['pass', 'pass', 2, 0, 0],
    ['pass', 'fail', 1, 1, 0],
    ['pass', 'inconclusive', 1, 0, 1],
    ['skipped', 'fail', 0, 1, 1],
  ])('%s and %s', (first, second, fixed, failing, untold) => {
    expect(replayed({ [one]: first, [other]: second })).toEqual({
      verdict: 'replayed',
      fixed,
      failing,
      untold,
    });
  });
});

describe('ready is not said', () => {
  const musts = RULES.filter(({ severity }) => severity === 'must').map(({ id }) => id);

  test.each(musts)('when %s fails, could not be told, or was left out', (id) => {
    expect(readiness({ results: results({ [id]: 'fail' }) }).verdict).toBe('not-ready');
    expect(readiness({ results: results({ [id]: 'inconclusive' }) }).verdict).toBe(
      'could-not-tell',
    );
    const others = results().filter(({ rule }) => rule.id !== id);
    expect(readiness({ results: others })).toMatchObject({
      verdict: 'right-as-far-as-checked',
      notChecked: 1,
      because: ['not-selected'],
    });
  });

  test('without a state', () => {
    const blind = Object.fromEntries(
      RULES.filter(({ needs }) => needs.includes('state')).map(({ id }) => [
        id,
        'skipped' as const,
      ]),
    );
    expect(readiness({ results: results(blind), hasState: false })).toMatchObject({
      verdict: 'right-as-far-as-checked',
      because: ['no-state'],
    });
  });

  test('of a receiver that was not reached, of a run that was cut, or thanks to a baseline', () => {
    expect(readiness({ connected: false }).verdict).toBe('could-not-tell');
    expect(readiness({ interrupted: true }).verdict).toBe('could-not-tell');
    expect(readiness({ accepted: 2 })).toEqual({ verdict: 'accepted', accepted: 2 });
  });
});

describe('the last line of a check', () => {
  test('says for which kinds it is ready, and which are refused', async () => {
    const { shop, words } = checkoutShop();
    const { stdout } = await inqudHook([...words, '--format', 'json'], { ...shop, env });
    const { summary } = JSON.parse(stdout);
    expect(summary.readiness.kinds).toEqual(['checkout']);
    expect(summary.readiness.refused).toHaveLength(8);
    const { stdout: text } = await inqudHook(words, { ...shop, env });
    expect(text.replace(/\s+/g, ' ')).toContain('(checkout); refused: payment, legacy-payment, ');
  });
});

function checkoutShop() {
  const { url, stateUrl, outside } = openShop();
  const words = ['check', url, '--state-url', stateUrl, '--linger', '0s', '--runs', '3'];
  return { shop: { outside }, words };
}

describe('a correct receiver that is judged by its answers alone', () => {
  test('passes just what answers can tell', async () => {
    const shop = openShop();
    const {
      results: told,
      summary,
      exitCode,
    } = await checkReceiver(
      {
        url: shop.url,
        secret: SECRET,
        blackBox: true,
        kinds: ['checkout'],
        lingerMs: 0,
        seed: '1',
      },
      shop.outside,
    );
    const byAnswers = RULES.filter(
      ({ needs, passNeedsState }) => needs.length === 0 && passNeedsState !== true,
    ).map(({ id }) => id);
    const passed = told.filter(({ status }) => status === 'pass').map(({ id }) => id);
    expect(passed).toEqual(byAnswers);
    expect(passed).not.toContain('payload/overpaid');
    expect(exitCode).toBe(0);
    expect(summary.readiness).toMatchObject({
      verdict: 'right-as-far-as-checked',
      because: ['no-state'],
    });
    const matched = matchers.toBeReadyForInqud({ seed: '1', results: told, summary, exitCode });
    expect(matched.pass).toBe(false);
    expect(matched.message()).toContain('not everything was checked');
  });
});
