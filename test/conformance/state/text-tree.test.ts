import { describe, expect, test } from 'vitest';
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

test('a line says its number, and of which ids', () => {
  const id = 'CCO-8c4df2e6-8c0d-4fa6-bba8-4943038dd5c5';
  expect(textTree(`Order A-1\nCheckout ${id}: success - received 149.9 USD`)).toMatchObject({
    'Checkout #: success - received # USD': { ids: id, number: '149.9' },
  });
  expect(textTree(`Order A-1\nCheckout ${id}: 2 of 3 paid`)).toMatchObject({
    'Checkout #: # of # paid': `Checkout ${id}: 2 of 3 paid`,
  });
});

test.each([
  '2026-11-29T21:13:45.832Z INFO  order marked as paid, 149.9 USD',
  '[2026-11-29 21:13:45] INFO  order marked as paid, 149.9 USD',
  'Nov 29 2026 21:13:45 web1 shop[812]: INFO  order marked as paid, 149.9 USD',
  'Nov  9 21:13:45 web1 INFO  order marked as paid, 149.9 USD',
])('a single line of a log says what it says, whenever it was written: %s', (line) => {
  expect(textTree(line)).toEqual({ log: 'INFO  order marked as paid, 149.9 USD' });
});

test('lines of a log are a list, whenever they were written', () => {
  const log = [
    '2026-11-29T19:00:00Z PENDING applied',
    '[2026-11-29 19:00:01,250] SUCCESS applied',
    '2026-11-29T19:00:02.5+01:00: SUCCESS ignored',
  ];
  expect(textTree(log.join('\n'))).toEqual({
    log: ['PENDING applied', 'SUCCESS applied', 'SUCCESS ignored'],
  });
});

test('metrics are read by their names and labels', () => {
  const lines = [
    '# TYPE shop_revenue_total counter',
    'shop_revenue_total{order="A-17",currency="USD"} 149.9',
    'process_start_time_seconds 1.7e9 1700000000000',
  ];
  expect(textTree(lines.join('\n'))).toEqual({
    'shop_revenue_total{order="A-17",currency="USD"}': '149.9',
    process_start_time_seconds: '1.7e9',
  });
  expect(textTree('Order 5')).toBe('Order 5');
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

const ROW = { status: 'SUCCESS', credited: '149.90' };
const OTHER_ROW = { status: 'NEW', credited: '' };
const NONE = {};

describe('a table is read by its titles:', () => {
  test.each([
    ['psql', ' status  | credited \n---------+----------\n SUCCESS |   149.90\n(1 row)\n'],
    ['psql without frills', 'status|credited\nSUCCESS|149.90\n(1 row)'],
    [
      'psql with a border',
      '+---------+----------+\n| status  | credited |\n+---------+----------+\n| SUCCESS |   149.90 |\n+---------+----------+\n(1 row)',
    ],
    [
      'psql in Unicode',
      '┌─────────┬──────────┐\n│ status  │ credited │\n├─────────┼──────────┤\n│ SUCCESS │   149.90 │\n└─────────┴──────────┘\n(1 row)',
    ],
    [
      'psql, with its timing',
      ' status  | credited \n---------+----------\n SUCCESS |   149.90\n(1 row)\n\nTime: 0.345 ms',
    ],
    ['psql, expanded', '-[ RECORD 1 ]----\nstatus   | SUCCESS\ncredited | 149.90\n'],
    ['psql, expanded, tuples alone', 'status   | SUCCESS\ncredited | 149.90'],
    ['psql, expanded, unaligned', 'status|SUCCESS\ncredited|149.90'],
    [
      'mysql in a terminal',
      '+---------+----------+\n| status  | credited |\n+---------+----------+\n| SUCCESS | 149.90   |\n+---------+----------+\n1 row in set (0.00 sec)',
    ],
    ['mysql in a script', 'status\tcredited\nSUCCESS\t149.90'],
    [
      'mysql \\G',
      '*************************** 1. row ***************************\n  status: SUCCESS\ncredited: 149.90\n1 row in set (0.00 sec)',
    ],
    ['sqlite -header', 'status|credited\nSUCCESS|149.90'],
    ['sqlite -header -column', 'status   credited\n-------  --------\nSUCCESS  149.90  '],
    [
      'sqlite -box',
      '╭─────────┬──────────╮\n│ status  │ credited │\n╞═════════╪══════════╡\n│ SUCCESS │ 149.90   │\n╰─────────┴──────────╯',
    ],
    ['sqlite -line', '  status = SUCCESS\ncredited = 149.90'],
    [
      'sqlcmd',
      'status               credited\n-------------------- --------\nSUCCESS              149.90  \n\n(1 rows affected)',
    ],
    ['Markdown', '| status | credited |\n| --- | ---: |\n| SUCCESS | 149.90 |'],
    ['CSV', 'status,credited\r\nSUCCESS,149.90\r\n'],
    ['CSV with quotes', '"status","credited"\n"SUCCESS","149.90"'],
    ['CSV with semicolons', 'status;credited\nSUCCESS;149.90'],
  ])('%s', (_who, text) => {
    expect(textTree(text.trim())).toEqual(ROW);
  });

  test.each([
    [
      'psql',
      ' status  | credited \n---------+----------\n SUCCESS |   149.90\n NEW     |         \n(2 rows)',
    ],
    [
      'psql, expanded',
      '-[ RECORD 1 ]----\nstatus   | SUCCESS\ncredited | 149.90\n-[ RECORD 2 ]----\nstatus   | NEW\ncredited | \n',
    ],
    [
      'mysql \\G',
      '*** 1. row ***\n  status: SUCCESS\ncredited: 149.90\n*** 2. row ***\n  status: NEW\ncredited: \n',
    ],
    ['CSV', 'status,credited\nSUCCESS,149.90\nNEW,\n'],
    [
      'sqlite -header -column',
      'status   credited\n-------  --------\nSUCCESS  149.90  \nNEW              ',
    ],
  ])('several rows of %s are a list', (_who, text) => {
    expect(textTree(text.trim())).toEqual([ROW, OTHER_ROW]);
  });

  test.each([
    ['psql', ' status | credited \n--------+----------\n(0 rows)'],
    ['psql without frills', 'status|credited\n(0 rows)'],
    ['psql, expanded', '(0 rows)'],
    ['mysql', 'Empty set (0.00 sec)'],
    ['Markdown', '| status | credited |\n| --- | --- |'],
  ])('no row of %s is nothing', (_who, text) => {
    expect(textTree(text)).toEqual(NONE);
  });

  test('one column alone, by the number of its rows', () => {
    expect(textTree('status  \n---------\n SUCCESS\n(1 row)')).toEqual({ status: 'SUCCESS' });
  });

  test('a title that is there twice is numbered', () => {
    expect(textTree(' id | id \n----+----\n a  | b\n(1 row)')).toEqual({ id: 'a', 'id 2': 'b' });
  });

  test('what stands beside a table is read as well', () => {
    const table = '| status | credited |\n| --- | --- |\n| SUCCESS | 149.90 |';
    expect(textTree(`customer: Ada\n\n${table}`)).toEqual({ customer: 'Ada', rows: ROW });
    expect(textTree(`${table}\n\n${table}`)).toEqual([ROW, ROW]);
  });

  test('titles of one state are those of another', () => {
    for (const status of ['NEW', 'open', 'paid', 'SUCCESS', '']) {
      expect(textTree(`id,status,total\nA,${status},5`)).toEqual({ id: 'A', status, total: '5' });
    }
  });
});

describe('what has no titles has none made up:', () => {
  test.each([
    'SUCCESS|USD\nEXPIRED|EUR',
    'alice|paid\nbob|open',
    'status|paid\ncredited|149.9\nSUCCESS|1',
    'a|1\nb|2',
    'SUCCESS|149.9\nEXPIRED|0\nTime: 0.345 ms',
  ])('%s', (text) => {
    const [row] = Object.values(Object(textTree(text)));
    expect(Object.keys(Object(Object(row)[0]))).toEqual(['cell 1', 'cell 2']);
  });

  test('a text with commas and underlined headings is a text', () => {
    const text = 'Your order\n----------\nDear customer, your order\nis paid, thanks';
    expect(Object.keys(Object(textTree(text)))).toHaveLength(4);
    expect(textTree('paid, and shipped')).toBe('paid, and shipped');
  });
});
