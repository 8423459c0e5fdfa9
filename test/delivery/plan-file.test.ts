import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatPlan, planDocument } from '../../src/delivery/plan-document.js';
import { parsePlan } from '../../src/delivery/plan-file.js';
import { makePlan } from '../../src/delivery/plan-request.js';
import { HookError } from '../../src/errors.js';
import { anyPlan, batchOf, planOf } from './plans.js';

const chaotic = makePlan({
  lives: [{ kind: 'payment', statuses: ['new', 'success'] }],
  chaos: true,
  seed: 'seed',
  set: ['amount=12.50'],
});

/** The document of a small plan, with some of it replaced. */
const documentOf = (changes: Readonly<Record<string, unknown>>) =>
  JSON.stringify({ ...planDocument(planOf()), ...changes });
const faultsWith = (changes: Readonly<Record<string, unknown>>) =>
  documentOf({ faults: { ...planOf().faults, ...changes } });
const batchWith = (changes: Readonly<Record<string, unknown>>) =>
  documentOf({ batches: [{ ...batchOf('payment'), ...changes }] });
const without = (key: string) => {
  const entries = Object.entries(planDocument(planOf())).filter(([name]) => name !== key);
  return JSON.stringify(Object.fromEntries(entries));
};

function refusal(text: string): unknown {
  try {
    parsePlan(text, 'plan.json');
  } catch (error) {
    return error;
  }
  return undefined;
}

function reasonOf(text: string): string {
  const error = refusal(text);
  expect(error).toBeInstanceOf(HookError);
  if (!(error instanceof HookError)) return '';
  expect(error.code).toBe('bad-plan');
  expect(error.hint).toBe('Write one with `inqud-hook simulate-retries --save-plan plan.json`.');
  return error.message.replace('plan.json is not a plan this version reads: ', '');
}

describe('a plan file', () => {
  test('gives the plan it was written from', () => {
    expect(parsePlan(formatPlan(chaotic), 'plan.json')).toEqual(chaotic);
  });

  test('gives any plan back', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        expect(parsePlan(formatPlan(plan), 'plan.json')).toEqual(plan);
      }),
    );
  });

  test('is versioned, says when plan time is zero, and ends in a newline', () => {
    const text = formatPlan(planOf());
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text)).toMatchObject({
      format: 'inqud-hook/plan',
      schemaVersion: 1,
      epoch: '2030-01-01T00:00:00.000Z',
      seed: 'seed',
    });
    expect(text).not.toContain('epochMs');
  });

  test('may leave away what is set in the bodies', () => {
    const { set: _set, ...batch } = batchOf('payment');
    expect(parsePlan(documentOf({ batches: [batch] }), 'plan.json').batches[0]?.set).toEqual([]);
  });

  test('may give its epoch in another time zone', () => {
    const text = documentOf({ epoch: '2030-01-01T02:00:00+02:00' });
    expect(parsePlan(text, 'plan.json').epochMs).toBe(Date.UTC(2030, 0, 1));
  });
});

describe('a plan file is refused', () => {
  test.each([
    ['no object', '7', 'the document is 7, where Object is needed.'],
    ['no JSON', 'seed: 7', 'it is not JSON.'],
    ['half a file', formatPlan(chaotic).slice(0, 200), 'it is not JSON.'],
    ['another document', '[]', '`format` is missing.'],
    ['an unknown key', documentOf({ sede: '7' }), '`sede` is not known.'],
    ['an unknown key further down', faultsWith({ outage: [] }), '`faults.outage` is not known.'],
    ['an unknown key of a batch', batchWith({ amount: 1 }), '`batches.0.amount` is not known.'],
    ['a missing key', without('seed'), '`seed` is missing.'],
    [
      'another format',
      documentOf({ format: 'x' }),
      '`format` is "x", where "inqud-hook/plan" is needed.',
    ],
    [
      'a later version',
      documentOf({ schemaVersion: 2 }),
      '`schemaVersion` is 2, where 1 is needed.',
    ],
    ['a number for a seed', documentOf({ seed: 7 }), '`seed` is 7, where string is needed.'],
    [
      'a text for a wait',
      documentOf({ waitsMs: ['1m'] }),
      '`waitsMs.0` is "1m", where number is needed.',
    ],
    [
      'a wait below nothing',
      documentOf({ waitsMs: [1, -1] }),
      '`waitsMs.1` is -1, where >=0 is needed.',
    ],
    [
      'an endless wait',
      documentOf({ waitsMs: [1e300] }),
      '`waitsMs.0` is 1e+300, where <=9007199254740991 is needed.',
    ],
    ['a rate above one', faultsWith({ drops: 1.5 }), '`faults.drops` is 1.5, where <=1 is needed.'],
    ['no time to answer', documentOf({ timeoutMs: 0 }), '`timeoutMs` is 0, where >=1 is needed.'],
    [
      'half a resource',
      batchWith({ count: 1.5 }),
      '`batches.0.count` is 1.5, where a whole number is needed.',
    ],
    [
      'a day that is none',
      documentOf({ epoch: '2030-13-01T00:00:00Z' }),
      '`epoch` is "2030-13-01T00:00:00Z", where an ISO 8601 time is needed.',
    ],
    [
      'an unknown schedule',
      documentOf({ schedule: 'linear' }),
      '`schedule` is "linear", where ("exponential" | "published" | "list") is needed.',
    ],
    ['a life without events', batchWith({ events: [] }), '`batches.0.events` is empty.'],
    [
      'an unknown status',
      batchWith({ events: [{ status: 'nwe', dueMs: 0 }] }),
      'there is no event payment.nwe.',
    ],
    [
      'an outage that ends before it begins',
      faultsWith({ outages: [{ fromMs: 9, toMs: 3 }] }),
      'an outage ends before it begins.',
    ],
    [
      'too many retries',
      documentOf({ waitsMs: new Array(101).fill(1) }),
      'it has more than 100 retries.',
    ],
    [
      'events after the year 9998',
      batchWith({ events: [{ status: 'new', dueMs: 9e15 }] }),
      'its last event is after the year 9998.',
    ],
    [
      'more resources than memory',
      batchWith({ count: 1e15 }),
      'it has more than 100 million resources.',
    ],
  ])('that is or has %s', (_, text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });

  test('for an unknown kind, whose names it tells', () => {
    expect(reasonOf(batchWith({ kind: 'refund' }))).toMatch(
      /^`batches\.0\.kind` is "refund", where \("payment" \| .* \| "on-ramp-checkout"\) is needed\.$/,
    );
  });

  test('with the name of the file', () => {
    expect(() => parsePlan('', 'other.json')).toThrow(
      'other.json is not a plan this version reads: it is not JSON.',
    );
  });
});
