import { describe, expect, it } from 'vitest';
import { leaveOut } from '../../../../src/conformance/lab/leave-out.js';
import { payloadNulls } from '../../../../src/conformance/rules/payload/nulls.js';
import { payloadSampleNulls } from '../../../../src/conformance/rules/payload/sample-nulls.js';
import { judge } from '../../../proving-ground/judge.js';
import type { Model } from '../../../proving-ground/model.js';
import { modelWith } from '../../../proving-ground/model-with.js';
import { toldOfShop } from '../../told.js';

const RULE = 'payload/nulls';

async function failuresOf(model: Model) {
  const { results } = await judge(model, '1', {
    rules: [payloadSampleNulls, payloadNulls],
  });
  return results.flatMap(({ rule, verdict }) => (verdict.status === 'fail' ? [rule.id] : []));
}

it.each([
  'kinds: all',
  'kinds: checkouts alone',
  'kinds: requests and payments',
  'kinds: checkouts alone, 422 to others',
])('a null of the documented bodies must be taken: %s', async (kinds) => {
  const model = modelWith('bodies: with a null that the samples contain are refused', kinds);
  expect(await failuresOf(model)).toContain(payloadSampleNulls.id);
});

it.each([
  'bodies: with a null elsewhere are refused',
  'bodies: without an optional field are refused',
])('other fields should be optional: %s', async (way) => {
  expect(await failuresOf(modelWith(way, 'kinds: requests and payments'))).toEqual([
    payloadNulls.id,
  ]);
});

it('what is refused for another reason is no null', async () => {
  expect(await failuresOf(modelWith('bodies: of an expiry are refused'))).toEqual([]);
});

it('leaves members out of a body, and its digits alone', () => {
  const body = new TextEncoder().encode('{"a":1.50,"b":{"c":1,"d":2},"e":[{"c":1}]}');
  expect(new TextDecoder().decode(leaveOut(body, ['a', 'b.c']))).toBe(
    '{"b":{"d":2},"e":[{"c":1}]}',
  );
});

describe('an optional field', () => {
  it('may be null, or absent', async () => {
    expect(await toldOfShop(RULE)).toMatchObject({ status: 'pass', severity: 'should' });
  });

  it.each([
    ['null', ({ returnUrl }: Body) => returnUrl === null, 'with null in', 'with returnUrl=null'],
    ['absent', (body: Body) => !('returnUrl' in body), 'without', 'without name, returnUrl, '],
  ])('that is %s should not be refused, and is shown', async (_, isOdd, what, shown) => {
    const told = await toldOfShop(RULE, {
      before: ({ text }) => (isOdd(JSON.parse(text)) ? { status: 422 } : undefined),
    });
    expect(told).toMatchObject({ status: 'fail', severity: 'should' });
    expect(told.evidence).toContain(`${what} an optional field is not taken as it should be.`);
    expect(told.evidence).toContain('It is answered 422.');
    expect(told.story?.timeline.at(-1)).toContain(shown);
  });

  it('is none of an invoice', async () => {
    const { results } = await judge(modelWith(), '1', {
      rules: [payloadNulls],
      kinds: ['invoice'],
    });
    expect(results[0]?.verdict).toMatchObject({ status: 'skipped' });
  });
});

type Body = Readonly<Record<string, unknown>>;
