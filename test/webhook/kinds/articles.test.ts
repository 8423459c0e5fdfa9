import { expect, test } from 'vitest';
import { CATALOGUE } from '../../../src/webhook/catalogue.js';
import { startingWith, withArticle } from '../../../src/webhook/kinds/articles.js';

test('every kind has its article', () => {
  const kinds = CATALOGUE.kinds.map(({ kind }) => withArticle(kind));
  expect(kinds).toContain('a payment');
  expect(kinds).toContain('an invoice');
  expect(kinds).toContain('an on-ramp-checkout');
  expect(startingWith('authorization')).toBe('An authorization');
});
