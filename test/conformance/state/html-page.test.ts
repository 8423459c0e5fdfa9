import { describe, expect, test } from 'vitest';
import { textTree } from '../../../src/conformance/state/text-tree.js';

const ORDER = { Status: 'SUCCESS', Credited: '149.90 USDT' };

describe('what names a value on a page names it in the state:', () => {
  test.each([
    ['a label', '<p>Status: SUCCESS</p><p>Credited: 149.90 USDT</p>'],
    ['a label in bold', '<ul><li><b>Status:</b> SUCCESS<li><b>Credited</b>: 149.90 USDT</ul>'],
    [
      'a label in an element of its own',
      '<div><span>Status:</span>\n <span class="badge badge-green">SUCCESS</span></div><div><span>Credited:</span><b>149.90&nbsp;USDT</b></div>',
    ],
    [
      'the cell before it',
      '<table><tr><th>Status</th><td>SUCCESS</td></tr><tr><th>Credited</th><td><b>149.90</b> USDT</td></tr></table>',
    ],
    [
      'the cell before it, where nothing says that it is a title',
      '<table><tbody><tr><td>Status:<td>SUCCESS<tr><td>Credited:<td>149.90 USDT</table>',
    ],
    [
      'the title of its column',
      '<table><thead><tr><th>Status<th>Credited</thead><tr><td>SUCCESS<td>149.90 USDT</table>',
    ],
    ['a term', '<dl><dt>Status</dt><dd>SUCCESS</dd><dt>Credited</dt><dd>149.90 USDT</dd></dl>'],
    ['an id', '<div id="Status">SUCCESS</div><div id="Credited">149.90 USDT</div>'],
    [
      'a class',
      '<div><span class="Status">SUCCESS</span><span class="Credited">149.90 USDT</span></div>',
    ],
    [
      'a field',
      '<form><input name="Status" value="SUCCESS"><input name="Credited" value="149.90 USDT"></form>',
    ],
  ])('%s', (_, html) => {
    expect(textTree(html)).toEqual(ORDER);
  });

  test('an attribute for programs', () => {
    expect(textTree('<div data-status="SUCCESS" data-paid="149.90">Thank you!</div>')).toEqual({
      'Thank you!': 'Thank you!',
      status: 'SUCCESS',
      paid: '149.90',
    });
  });
});

test('several rows are a list, beside what else the page says', () => {
  const html =
    '<!doctype html><html><head><title>Orders</title><style>b { color: red }</style></head><body><h1>Orders</h1><script>var a = 1;</script><table><tr><th>Id</th><th>Status</th></tr><tr><td>1</td><td>NEW</td></tr><tr><td>2</td><td>SUCCESS</td></tr></table></body></html>';
  expect(textTree(html)).toEqual({
    Orders: 'Orders',
    rows: [
      { Id: '1', Status: 'NEW' },
      { Id: '2', Status: 'SUCCESS' },
    ],
  });
});

test('cells that nothing names are told by their places', () => {
  const html = '<table><tr><td>1<td>NEW<td>0</tr><tr><td>2<td>SUCCESS<td>5</tr></table>';
  expect(textTree(html)).toEqual([
    { 'cell 1': '1', 'cell 2': 'NEW', 'cell 3': '0' },
    { 'cell 1': '2', 'cell 2': 'SUCCESS', 'cell 3': '5' },
  ]);
});

test('the only number of a sentence is what the sentence says', () => {
  const html =
    '<p>We got 149.90 USD. Thank you!</p><p>Order 7 of 12</p><p>Call PMT-0f0f0f0f-1111.</p>';
  expect(textTree(html)).toMatchObject({
    'We got # USD. Thank you!': '149.90',
    'Order # of #': 'Order 7 of 12',
    'Call #.': 'Call PMT-0f0f0f0f-1111.',
  });
});

test('a page that is broken off is read as far as it goes', () => {
  expect(textTree('<div><p>Status: SUCCESS<table><tr><th>Credited<td>5')).toEqual({
    Status: 'SUCCESS',
    Credited: '5',
  });
});
