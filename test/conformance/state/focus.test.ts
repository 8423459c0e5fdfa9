import { expect, test } from 'vitest';
import { focusOn, type Owner } from '../../../src/conformance/state/focus.js';

function ownerOf(text: string): Owner {
  if (text.includes('mine')) return 'own';
  return text.includes('theirs') ? 'foreign' : 'nobody';
}

test('of a list of all orders one is kept', () => {
  const state = { total: 2, orders: [{ id: 'mine', status: 'paid' }, { id: 'theirs' }] };
  expect(focusOn(state, ownerOf)).toEqual({ total: 2, orders: [{ id: 'mine', status: 'paid' }] });
});

test('of a map of all orders one is kept', () => {
  const state = { mine: { status: 'paid' }, theirs: { status: 'open' } };
  expect(focusOn(state, ownerOf)).toEqual({ mine: { status: 'paid' } });
});

test('what speaks of both, or of nobody, stays', () => {
  const state = [{ id: 'mine', twin: 'theirs' }, { note: 'hello' }, 7, null];
  expect(focusOn(state, ownerOf)).toEqual(state);
});
