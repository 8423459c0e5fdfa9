import { describe, expect, test } from 'vitest';
import { acceptFailure, parseBaseline, staleEntries } from '../../src/conformance/baseline.js';
import { replayRule } from '../../src/conformance/replay-rule.js';
import type { Rule, RuleVerdict } from '../../src/conformance/rule.js';
import { orderingAnyOrder } from '../../src/conformance/rules/ordering/any-order.js';
import { RULES } from '../../src/conformance/rules/registry.js';
import { deliver, deliverTogether, scriptOf } from '../../src/conformance/script.js';
import { selectRules } from '../../src/conformance/select-rules.js';
import { isPage, shortened } from '../../src/conformance/shown-text.js';
import { knownLaboratory } from './open-lab.js';
import { careful, credulous, openShop } from './shop.js';

describe('rules are chosen', () => {
  const ids = (wanted: readonly string[], unwanted: readonly string[] = []) =>
    selectRules(RULES, wanted, unwanted).map(({ id }) => id);
  const matching = (pattern: RegExp) => RULES.map(({ id }) => id).filter((id) => pattern.test(id));

  test.each<[readonly string[], readonly string[], RegExp]>([
    [[], [], /./],
    [['ordering'], [], /^ordering\//],
    [['ordering', 'idempotency/*'], [], /^(ordering|idempotency)\//],
    [['*/any-order'], [], /\/any-order$/],
    [['*refused*'], ['signature/m*'], /^(?!signature\/m).*refused/],
    [[], ['*'], /^$/],
  ])('%j without %j', (wanted, unwanted, pattern) => {
    expect(ids(wanted, unwanted)).toEqual(matching(pattern));
  });

  test.each(['order', 'ordering/', 'ordering/any.order', 'any-order', 'ordering/any-order*x', ''])(
    'but no rule is called %j',
    (pattern) => {
      expect(() => ids([pattern])).toThrow(`No rule is called "${pattern}".`);
      expect(() => ids([], [pattern])).toThrow(`No rule is called "${pattern}".`);
    },
  );
});

describe('a baseline', () => {
  const rule: Rule = orderingAnyOrder;
  const result = (verdict: RuleVerdict) => ({ kind: 'result', rule, verdict }) as const;
  const failed = result({ status: 'fail', evidence: ['It went wrong.', { code: 'no-time' }] });
  const accepting = { accepted: [rule.id, 'ordering/final-only'] };

  test('accepts the failures that it names, and says what they rest on', () => {
    expect(acceptFailure(failed, accepting).verdict).toEqual({
      status: 'skipped',
      evidence: [{ code: 'accepted' }, 'It went wrong.', { code: 'no-time' }],
    });
    expect(acceptFailure(failed, { accepted: [] })).toBe(failed);
    const untold = result({ status: 'inconclusive', evidence: '' });
    expect(acceptFailure(untold, accepting)).toBe(untold);
  });

  test('is stale in what passes, not in what was not judged', () => {
    const passed = result({ status: 'pass', evidence: '' });
    expect(staleEntries([passed], accepting)).toEqual([rule.id]);
    for (const other of [failed, result({ status: 'skipped', evidence: '' })])
      expect(staleEntries([other], accepting)).toEqual([]);
  });

  test.each([
    ['{', 'it is not JSON'],
    ['null', 'Expected Object'],
    ['{"schemaVersion":2,"accepted":[]}', 'Expected 1'],
    ['{"schemaVersion":1,"accepted":[1]}', 'Expected string'],
    ['{"schemaVersion":1,"accepted":[],"more":1}', 'Expected never'],
  ])('is not %s', (text, reason) => {
    expect(() => parseBaseline(text, 'known.json')).toThrow(/^known\.json is no baseline: /);
    expect(() => parseBaseline(text, 'known.json')).toThrow(reason);
  });
});

describe('a saved failure', () => {
  const resource = { kind: 'checkout', end: 'success' };
  const twice = scriptOf(resource, [deliver('success'), deliver('success')]);
  const measure = { kind: 'same' } as const;
  const replayed = (script = twice) =>
    replayRule(orderingAnyOrder, { rule: orderingAnyOrder.id, measure, script });

  test.each([
    ['still fails', credulous, 'fail'],
    ['is fixed', careful, 'pass'],
  ])('%s', async (_what, handle, status) => {
    const laboratory = await knownLaboratory(openShop({ handle }));
    expect((await replayed().run(laboratory)).status).toBe(status);
  });

  test('is not fixed where it could not be seen', async () => {
    let isLimiting = false;
    const laboratory = await knownLaboratory(
      openShop({
        before: ({ event }) =>
          isLimiting && event?.status === 'NEW' ? { status: 429 } : undefined,
      }),
    );
    const late = scriptOf(resource, [deliver('success'), deliver('new')]);
    await laboratory.references.ofScript(scriptOf(resource, [deliver('new'), deliver('success')]));
    isLimiting = true;
    expect((await replayed(late).run(laboratory)).status).toBe('inconclusive');
  });

  test('is about its own kinds, side by side with others', () => {
    expect(replayed(scriptOf(resource, [deliverTogether(['new', 'new'])]))).toMatchObject({
      id: orderingAnyOrder.id,
      kinds: ['checkout'],
      when: 'side-by-side',
    });
  });
});

test('what is shown is one line, as long as fits, and of a page what is read', () => {
  expect(shortened(' a\n\tb  c ')).toBe('a b c');
  expect(shortened('x'.repeat(160))).toHaveLength(160);
  expect(shortened('x'.repeat(161))).toBe(`${'x'.repeat(159)}…`);
  expect(shortened('<html><style>p{}</style><!-- x --><p>Not <b>found</b>')).toBe('Not found');
  expect(shortened('<p>not a page</p>')).toBe('<p>not a page</p>');
  expect(['<!DOCTYPE html>', ' <Body class="x">', '<htmlx>', 'a <html>'].map(isPage)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
