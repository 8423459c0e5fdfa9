import { describe, expect, it } from 'vitest';
import { parseSelection } from '../../../src/delivery/replay/selection.js';
import type { CaptureVerdict } from '../../../src/delivery/replay/verdict-of.js';
import { recognise } from '../../../src/webhook/kinds/recognise.js';

const ID = 'CCO-8c4df2e6-8c0d-4fa6-bba8-4943038dd5c5';
const checkout = recognise(Buffer.from(`{"id":"${ID}","status":"SUCCESS"}`));
const nothing = recognise(Buffer.from('no JSON'));

function selects(words: readonly string[], verdict: CaptureVerdict = 'genuine') {
  return parseSelection(words).matches(checkout, () => verdict);
}

describe('--only', () => {
  it.each([
    'checkout.success',
    'checkout.SUCCESS',
    'checkout',
    ID,
    'CCO-8c4d',
    '8c4df2e6',
    'genuine',
  ])('%s selects a genuine successful checkout of that id', (word) => {
    expect(selects([word])).toBe(true);
  });

  it.each(['checkout.new', 'payment', 'CCO-9', '4943038dd5c5', 'rejected', 'unsigned'])(
    '%s does not',
    (word) => {
      expect(selects([word])).toBe(false);
    },
  );

  it('selects everything where no word is given', () => {
    expect(selects([])).toBe(true);
    expect(parseSelection([]).matches(nothing, () => 'unsigned')).toBe(true);
  });

  it('is widened by words of one sort', () => {
    expect(selects(['payment', 'checkout.success'])).toBe(true);
    expect(selects(['rejected', 'genuine'])).toBe(true);
    expect(selects(['PMT-1234', 'CCO-8c4d'])).toBe(true);
  });

  it('is narrowed by words of another', () => {
    expect(selects(['checkout', 'rejected'])).toBe(false);
    expect(selects(['checkout', 'genuine', 'CCO-8c4d'])).toBe(true);
    expect(selects(['payment', 'CCO-8c4d'])).toBe(false);
  });

  it('selects no event and no id in a body that shows none', () => {
    const matches = (word: string) => parseSelection([word]).matches(nothing, () => 'unsigned');
    expect([matches('checkout'), matches('8c4d'), matches('unsigned')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('asks for a verdict only where a word does', () => {
    expect(parseSelection(['checkout']).needsVerdict).toBe(false);
    expect(parseSelection(['checkout', 'unsigned']).needsVerdict).toBe(true);
  });

  it.each([
    ['chekout', '`chekout` is no event, kind, id or verdict.'],
    ['valid', '`valid` is no event, kind, id or verdict.'],
    ['', '`` is no event, kind, id or verdict.'],
    ['checkout.succes', 'There is no event "checkout.succes".'],
  ])('refuses %j', (word, message) => {
    expect(() => parseSelection([word])).toThrow(message);
  });

  it('suggests what was probably meant', () => {
    expect(() => parseSelection(['genuin'])).toThrow(
      expect.objectContaining({ code: 'bad-flag', hint: 'Did you mean genuine?' }),
    );
  });
});
