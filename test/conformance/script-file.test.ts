import { describe, expect, test } from 'vitest';
import type { Measure } from '../../src/conformance/expectation.js';
import type { RuleVerdict } from '../../src/conformance/rule.js';
import { orderingAnyOrder } from '../../src/conformance/rules/ordering/any-order.js';
import { deliver, type Script, scriptOf } from '../../src/conformance/script.js';
import { formatScripts, parseScripts, scriptsToSave } from '../../src/conformance/script-file.js';
import { chanceFrom } from '../../src/conformance/search/chance.js';
import { randomScript } from '../../src/conformance/search/random-script.js';
import { HookError } from '../../src/errors.js';
import { underTest } from './plain.js';

const CHECKOUT = { kind: 'checkout', end: 'success' };
const SAME: Measure = { kind: 'same' };
const SCRIPT = scriptOf(CHECKOUT, [deliver('success')]);

function saved(script: Script, measure: Measure = SAME): string {
  return formatScripts([{ rule: 'ordering/any-order', measure, script }]);
}

test('what is saved is what is read', () => {
  const kinds = ['checkout', 'payment', 'subscription'].map((name) => underTest(name));
  const chance = chanceFrom('files');
  const measures: readonly Measure[] = [
    SAME,
    { kind: 'equal' },
    { kind: 'in-turn' },
    { kind: 'decided-as', script: SCRIPT },
    { kind: 'decided', events: [] },
  ];
  const scripts = measures.map((measure) => ({
    rule: 'ordering/any-order',
    measure,
    script: randomScript({ kinds, resources: 3 }, chance),
  }));
  expect(parseScripts(formatScripts(scripts), 'x')).toEqual(scripts);
});

test('a failure is saved that can be judged again by itself', () => {
  const verdicts: readonly RuleVerdict[] = [
    { status: 'pass', evidence: '' },
    { status: 'fail', evidence: '' },
    { status: 'fail', evidence: '', story: storyOf({}) },
    { status: 'fail', evidence: '', story: storyOf({ measure: SAME }) },
  ];
  const results = verdicts.map(
    (verdict) => ({ kind: 'result', rule: orderingAnyOrder, verdict }) as const,
  );
  expect(scriptsToSave(results)).toEqual([
    { rule: 'ordering/any-order', measure: SAME, script: SCRIPT },
  ]);
});

describe('a file that cannot be delivered is refused:', () => {
  const unknown = scriptOf(CHECKOUT, [deliver('paid')]);

  test.each([
    ['an event of a delivery', saved(unknown), 'there is no event checkout.paid'],
    [
      'the end of a life',
      saved(scriptOf({ kind: 'checkout', end: 'paid' }, [])),
      'there is no event checkout.paid',
    ],
    [
      'a kind',
      saved(scriptOf({ kind: 'order', end: 'success' }, [])),
      'there is no event order.success',
    ],
    ['a resource', saved(scriptOf(CHECKOUT, [deliver('success', 1)])), 'there is no resource 1'],
    [
      'what it is held against',
      saved(SCRIPT, { kind: 'decided-as', script: unknown }),
      'there is no event checkout.paid',
    ],
    [
      'events it is held against',
      saved(SCRIPT, { kind: 'decided', events: ['paid'] }),
      'there is no event checkout.paid',
    ],
    ['a form', saved(SCRIPT).replace('"awaited"', '"never"'), 'Invalid type'],
    ['a script', '{"schemaVersion":2,"title":"inqud-hook scripts","scripts":[]}', 'Invalid length'],
    ['JSON', '{', 'it is not JSON'],
  ])('there is no such %s', (_what, text, reason) => {
    const parsed = () => parseScripts(text, 'failing.json');
    expect(parsed).toThrow(HookError);
    expect(parsed).toThrow('failing.json holds no scripts of a failing check');
    expect(parsed).toThrow(reason);
  });
});

function storyOf(more: { readonly measure?: Measure }) {
  return { script: SCRIPT, exchanges: [], wrong: [], times: undefined, ...more };
}
