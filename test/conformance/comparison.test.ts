import { describe, expect, test } from 'vitest';
import { comparison } from '../../src/conformance/comparison.js';
import { wrongIn } from '../../src/conformance/decides.js';
import type { Measure } from '../../src/conformance/expectation.js';
import type { Profile } from '../../src/conformance/profile.js';
import { deliver, scriptOf } from '../../src/conformance/script.js';
import type { Leaves } from '../../src/conformance/state/leaves.js';
import { laboratoryOf, openLab } from './open-lab.js';
import { leavesOf, underTest } from './plain.js';
import { openShop } from './shop.js';

type Values = Readonly<Record<string, string | readonly string[]>>;

const NOTHING = leavesOf({});
const [EARLY, LATE] = ['"2024-01-02T03:04:05Z"', '"2024-01-02T03:05:05Z"'];
const PAID: Values = {
  status: '"paid"',
  credited: '5',
  at: EARLY,
  paidAt: EARLY,
  note: '"x"',
};
const LISTED = { 'log[].what': ['"paid"', '"seen"'], 'log[].sum': ['0', '5'] };

function profileWith(
  deciding: readonly string[],
  added: Readonly<Record<string, readonly string[]>> = {},
): Profile {
  const states = { before: NOTHING, between: NOTHING, main: NOTHING, contrast: NOTHING };
  return { ...states, deciding, added: new Map(Object.entries(added)) };
}

function wrongPaths(profile: Profile, expected: Values, actual: Values, masked: string[] = []) {
  const wrong = wrongIn(profile, new Set(masked), leavesOf(expected), leavesOf(actual));
  return wrong.map(({ path }) => path);
}

describe('what decides is wrong', () => {
  const profile = profileWith(['status', 'credited']);

  test.each<[string, Values, readonly string[]]>([
    ['nowhere where all that decides is the same', { ...PAID, note: '"y"', more: '1' }, []],
    ['where it is another', { ...PAID, credited: '10' }, ['credited']],
    ['where it is missing', { note: '"x"' }, ['status', 'credited']],
    ['where it has become several', { ...PAID, status: ['"paid"', '"new"'] }, ['status']],
  ])('%s', (_what, actual, paths) => {
    expect(wrongPaths(profile, PAID, actual)).toEqual(paths);
  });

  test('nowhere that is masked', () => {
    expect(wrongPaths(profile, PAID, {}, ['status'])).toEqual(['credited']);
  });

  test.each<[string, readonly string[], Values, readonly string[]]>([
    ['a sum that is missing', ['status'], { 'log[].sum': ['0', '0'] }, ['log[].sum']],
    ['a sum that is there, and others', ['status'], { 'log[].sum': ['7', '5'] }, []],
    ['a word that is missing, beside a field', ['status'], { 'log[].sum': ['5'] }, []],
    ['a word that is missing, and no field', [], { 'log[].sum': ['5'] }, ['log[].what']],
    ['a list that is missing', [], {}, ['log[].what', 'log[].sum']],
  ])('in a list by %s', (_what, deciding, actual, paths) => {
    const listing = profileWith(deciding, { 'log[].what': ['"paid"'], 'log[].sum': ['5'] });
    expect(wrongPaths(listing, { ...LISTED }, actual)).toEqual(paths);
    expect(wrongPaths(listing, { ...LISTED }, actual, ['log[].what', 'log[].sum'])).toEqual([]);
  });

  test('not in a list where the expected state has none of it either', () => {
    const listing = profileWith([], { 'log[].sum': ['5', '5'] });
    expect(wrongPaths(listing, { 'log[].sum': '0' }, {})).toEqual([]);
    expect(wrongPaths(listing, { 'log[].sum': ['5', '5'] }, { 'log[].sum': '5' })).toEqual([
      'log[].sum',
    ]);
  });
});

describe('a state is compared', () => {
  const script = scriptOf({ kind: 'checkout', end: 'success' }, [deliver('success')]);

  /** Where a state differs from the expected one, and from those that are right as well. */
  async function compared(kind: Measure['kind'], actual: Values, allowed: readonly Leaves[] = []) {
    const open = await openLab(openShop());
    open.oracle.mask('masked');
    const kinds = [underTest('checkout', profileWith(['status', 'paidAt']))];
    const measure = { kind, events: [], script } as Measure;
    const expected = { measure, states: [leavesOf(PAID)], allowed: [allowed] };
    const compare = comparison(laboratoryOf(open, { kinds }), script, expected);
    return compare(leavesOf(actual), 0).map(({ path }) => path);
  }

  const all = ['same', 'equal'] as const;
  const deciding = ['decided', 'decided-as', 'in-turn'] as const;
  const other = { ...PAID, note: '"y"', status: '"new"' };

  test.each(all)('as a whole: %s', async (kind) => {
    expect(await compared(kind, PAID)).toEqual([]);
    expect(await compared(kind, other)).toEqual(['status', 'note']);
    expect(await compared(kind, other, [NOTHING, leavesOf(other)])).toEqual([]);
    expect(await compared(kind, { ...PAID, masked: '1' })).toEqual([]);
  });

  test.each(deciding)('by what decides: %s', async (kind) => {
    expect(await compared(kind, { ...PAID, note: '"y"' })).toEqual([]);
    expect(await compared(kind, other)).toEqual(['status']);
    expect(await compared(kind, other, [leavesOf({ status: '"new"', paidAt: EARLY })])).toEqual([]);
  });

  test.each(all)('without time stamps, unless they decide: %s', async (kind) => {
    expect(await compared(kind, { ...PAID, at: LATE })).toEqual([]);
    expect(await compared(kind, { ...PAID, at: 'null' })).toEqual(['at']);
    expect(await compared(kind, { ...PAID, paidAt: LATE })).toEqual(['paidAt']);
  });
});
