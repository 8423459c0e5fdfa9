import { describe, expect, test } from 'vitest';
import {
  contrastLife,
  isPaid,
  mainLife,
  profileIn,
  profileOf,
  tellingPathsIn,
  without,
} from '../../src/conformance/profile.js';
import { CATALOGUE } from '../../src/webhook/catalogue.js';
import { kindNamed, leavesOf, underTest } from './plain.js';

type Values = Readonly<Record<string, string | readonly string[]>>;

/** What four lives of a checkout leave behind: four events, and three of the contrast. */
function profileFrom(before: Values, between: Values, main: Values, contrast: Values) {
  return profileOf(
    {
      before: leavesOf(before),
      between: leavesOf(between),
      main: leavesOf(main),
      contrast: leavesOf(contrast),
    },
    { main: 4, contrast: 3 },
  );
}

describe('what decides', () => {
  test.each<[string, Values, Values, Values, Values, readonly string[]]>([
    ['a word', {}, { s: '"open"' }, { s: '"paid"' }, { s: '"failed"' }, ['s']],
    ['a number', { n: '0' }, { n: '0' }, { n: '149.9' }, { n: '0' }, ['n']],
    ['a flag', { f: 'false' }, { f: 'false' }, { f: 'true' }, { f: 'false' }, ['f']],
    [
      'not what was there before',
      { s: '"x"' },
      { s: '"y"' },
      { s: '"x"', t: '1' },
      { s: '"z"', t: '1' },
      [],
    ],
    ['not what was there between', {}, { s: '"x"' }, { s: '"x"' }, { s: '"z"' }, []],
    [
      'not a word that stood elsewhere between',
      {},
      { s: '"x"', t: '"paid"' },
      { s: '"paid"', t: '"x"' },
      { s: '"z"', t: '"z"' },
      [],
    ],
    [
      'but a number that did, since the price is no payment',
      {},
      { price: '5', paid: '0' },
      { price: '5', paid: '5' },
      { price: '5', paid: '0' },
      ['paid'],
    ],
    ['not a count of events', {}, { n: '3' }, { n: '4' }, { n: '3' }, []],
    ['not one that began earlier', {}, { n: '13' }, { n: '14' }, { n: '13' }, []],
    ['but a count of successes', {}, { n: '0' }, { n: '1' }, { n: '0' }, ['n']],
    ['not what is in a list', {}, { 'l[]': ['1'] }, { 'l[]': ['2'] }, { 'l[]': ['3'] }, []],
    ['not what is there twice', {}, {}, { s: ['1', '2'] }, {}, []],
  ])('is %s', (_what, before, between, main, contrast, deciding) => {
    expect(profileFrom(before, between, main, contrast)?.deciding).toEqual(deciding);
  });

  test.each<[string, Values, Values, Values]>([
    ['the success leaves it as it was', { s: '1' }, { s: '1' }, { s: '2' }],
    ['both ends are the same', {}, { s: '1' }, { s: '1' }],
  ])('is nothing where %s', (_what, before, main, contrast) => {
    expect(profileFrom(before, before, main, contrast)).toBeUndefined();
  });
});

test('what the last event adds to lists is told, each as often as it is added, but not how many', () => {
  const between = { 'l[]': ['1', '2'], 'l[] count': '2' };
  const main = { 'l[]': ['1', '2', '2', '3'], 'l[] count': '4', 'm[].n': ['9'], s: '"paid"' };
  const profile = profileFrom({}, between, main, between);
  expect([...(profile?.added ?? [])]).toEqual([
    ['l[]', ['2', '3']],
    ['m[].n', ['9']],
  ]);
  const kinds = [underTest('checkout', profile), underTest('payment')];
  expect(tellingPathsIn(kinds, 'checkout')).toEqual(['s', 'l[]', 'm[].n']);
  expect(tellingPathsIn(kinds, 'payment')).toEqual([]);
  expect(profileIn(kinds, 'invoice')).toBeUndefined();
});

test('texts are taken away once for each that is taken', () => {
  expect(without(['a', 'b', 'a', 'a'], ['a', 'c', 'a'])).toEqual(['b', 'a']);
});

describe('the lives of a kind', () => {
  test.each(CATALOGUE.kinds)('$kind', (kind) => {
    const [main, contrast] = [mainLife(kind), contrastLife(kind)];
    expect(main.events.at(-1)).toBe(main.end);
    expect(contrast.events.at(-1)).toBe(contrast.end);
    expect(contrast.end).not.toBe(main.end);
    const failure = kind.statuses.find(({ name }) => name === contrast.end)?.outcome;
    const canFail = kind.statuses.some(({ outcome }) => outcome === 'failure');
    expect(failure).toBe(canFail ? 'failure' : undefined);
    if (!canFail) expect(contrast.events).toEqual(main.events.slice(0, 1));
  });

  test('fail by something else than a deadline, where they can', () => {
    expect(contrastLife(kindNamed('payment')).end).toBe('failed');
    expect(contrastLife(kindNamed('checkout')).end).toBe('expired');
  });

  test('end with money, or do not', () => {
    const paid = CATALOGUE.kinds.filter(isPaid).map(({ kind }) => kind);
    expect(paid).not.toContain('authorization');
    expect(paid).not.toContain('subscription');
    expect(paid).toHaveLength(CATALOGUE.kinds.length - 2);
  });
});
