import { describe, expect, test } from 'vitest';
import { chanceFrom } from '../../../src/conformance/search/chance.js';
import { drawnTables } from '../../../src/conformance/state/drawn-tables.js';
import { separatedRows } from '../../../src/conformance/state/separated.js';
import { rowsOf, treeOfRows } from '../../../src/conformance/state/table-rows.js';

type Lines = readonly (readonly string[])[];

const TITLES = ['id', 'status', 'total amount', 'paid'];
const chance = chanceFrom('tables');
const drawnOf = (words: readonly string[]) => words[Math.floor(chance() * words.length)] ?? '';
const TABLES: readonly Lines[] = Array.from({ length: 40 }, (_, size) =>
  Array.from({ length: 1 + (size % 4) }, (_row, row) => [
    `A${row}`,
    ...TITLES.slice(1).map(() =>
      drawnOf(['SUCCESS', 'new', '149.90', '', '12 USD', 'a:b', 'null']),
    ),
  ]),
);

const padded = (cells: readonly string[]) => cells.map((cell) => cell.padEnd(14));
const count = ({ length }: Lines) => `(${length} ${length === 1 ? 'row' : 'rows'})`;
const RULE = TITLES.map(() => '-'.repeat(14));

/** The ways in which clients draw a table. */
const DRAWN: Readonly<Record<string, (rows: Lines) => readonly string[]>> = {
  psql: (rows) => [
    padded(TITLES).join(' | '),
    RULE.join('-+-'),
    ...rows.map((row) => padded(row).join(' | ')),
    count(rows),
  ],
  'mysql in a terminal': (rows) => {
    const rule = `+-${RULE.join('-+-')}-+`;
    const line = (cells: readonly string[]) => `| ${padded(cells).join(' | ')} |`;
    return [rule, line(TITLES), rule, ...rows.map(line), rule, `${rows.length} rows in set`];
  },
  sqlite: (rows) => [
    padded(TITLES).join('  '),
    RULE.join('  '),
    ...rows.map((row) => padded(row).join('  ')),
  ],
  Markdown: (rows) =>
    [TITLES, TITLES.map(() => ':--'), ...rows].map((cells) => `| ${cells.join(' | ')} |`),
  records: (rows) =>
    rows.flatMap((row, index) => [
      `*** ${index + 1}. row ***`,
      ...row.map((cell, column) => `${TITLES[column]}: ${cell}`),
    ]),
};

function named(rows: Lines) {
  return rows.map((row) => Object.fromEntries(TITLES.map((title, column) => [title, row[column]])));
}

describe('a table says the same, whoever draws it:', () => {
  test.each(Object.entries(DRAWN))('%s', (_who, draw) => {
    for (const rows of TABLES) {
      const { tables, rest } = drawnTables(draw(rows).join('\n'));
      expect(tables).toEqual([named(rows)]);
      expect(rest).toEqual([]);
    }
  });

  test.each([',', ';', '\t', '|'])('cells between %j', (separator) => {
    for (const rows of TABLES) {
      const text = [TITLES, ...rows].map((cells) => cells.join(separator)).join('\n');
      expect(separatedRows(text, false)).toEqual(named(rows));
      expect(separatedRows(text, true)).toEqual(named(rows));
    }
  });
});

test('what is said below a table is no part of it', () => {
  expect(drawnTables('a | b\n--+--\n1 | 2\n(1 row)\n\nTime: 0.3 ms')).toEqual({
    tables: [[{ a: '1', b: '2' }]],
    rest: [''],
    footer: { rows: 1 },
  });
  expect(drawnTables('paid\n').footer).toBeUndefined();
});

test('no cell is lost, whatever the titles are', () => {
  for (let tries = 0; tries < 200; tries += 1) {
    const titles = Array.from({ length: 5 }, () => drawnOf(['id', 'id 2', 'id 3', '', 'cell 2']));
    const cells = titles.map((_, index) => String(index));
    const [row = {}] = rowsOf(titles, [cells]) ?? [];
    expect(Object.values(row)).toEqual(cells);
    expect(titles.includes('id')).toBe('id' in row);
  }
});

test.each([
  ['a row with fewer cells', ['a', 'b'], [['1', '2'], ['3']], undefined],
  ['no row', ['a', 'b'], [], []],
  ['two hundred columns', Array(200).fill('a'), [], []],
  ['one more', Array(201).fill('a'), [], undefined],
])('%s', (_what, titles, rows, expected) => {
  expect(rowsOf(titles, rows)).toEqual(expected);
});

test('one row is what it is, several are a list, and none is nothing', () => {
  const [one, other] = [{ id: '1' }, { id: '2' }];
  expect([treeOfRows([]), treeOfRows([one]), treeOfRows([one, other])]).toEqual([
    {},
    one,
    [one, other],
  ]);
});

test.each([
  ['words of which one is a status', 'id,success,total\n1,new,5'],
  ['the same word twice', 'status,status\nnew,paid'],
  ['a number', 'id,5,status\n1,2,3'],
  ['lines of which one is longer', 'id,status,total\n1,new,5,6'],
])('%s are no titles', (_what, text) => {
  expect(separatedRows(text, false)).toBeUndefined();
});
