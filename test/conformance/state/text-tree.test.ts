import { expect, test } from 'vitest';
import { textTree } from '../../../src/conformance/state/text-tree.js';

test('a word is a word', () => {
  expect(textTree('paid')).toBe('paid');
});

test('lines with names are members', () => {
  expect(textTree('status: paid\ncredited = 149.9')).toEqual({ status: 'paid', credited: '149.9' });
});

test('a row has cells, and rows are a list', () => {
  expect(textTree('SUCCESS|149.9')).toEqual({ row: { 'cell 1': 'SUCCESS', 'cell 2': '149.9' } });
  expect(textTree('a|1\nb|2')).toEqual({
    row: [
      { 'cell 1': 'a', 'cell 2': '1' },
      { 'cell 1': 'b', 'cell 2': '2' },
    ],
  });
});

test('the same line with other numbers and ids has the same name, wherever it stands', () => {
  const one = textTree('CCO-8c4df2e6-8c0d-4fa6-bba8-4943038dd5c5: PAID 12 USD\nrendered in 3 ms');
  const other = textTree('rendered in 40 ms\nCCO-12345678-8c0d-4fa6-bba8-4943038dd5c5: PAID 7 USD');
  expect(new Set(Object.keys(Object(one)))).toEqual(new Set(Object.keys(Object(other))));
});

test('of a page the tags are left out', () => {
  expect(textTree('<h1>Order</h1><p>Status: paid</p>')).toEqual({ Order: 'Order', Status: 'paid' });
});

test('of XML the attributes and the elements say what they hold', () => {
  const xml =
    '<?xml version="1.0"?>\n<order id="abc">\n  <checkout id="one" status="SUCCESS" paid=\'5\'/>\n  <note lang="en">thanks</note>\n</order>';
  expect(textTree(xml)).toEqual({
    version: '1.0',
    id: ['abc', 'one'],
    status: 'SUCCESS',
    paid: '5',
    lang: 'en',
    note: 'thanks',
  });
});
