import { describe, expect, test } from 'vitest';
import { TOKEN } from '../../../src/conformance/lab/courier.js';
import { focusOn } from '../../../src/conformance/state/focus.js';
import { readLeaves } from '../../../src/conformance/state/leaves.js';
import { stateSeen } from '../../../src/conformance/state/state-seen.js';

const LENGTH = 256 * 1024;
/** What takes time that grows with the square of the length would take hours. */
const MUCH_LATER_MS = 20_000;

const times = (text: string) => text.repeat(Math.floor(LENGTH / text.length));

/** Reads a state as a check does, ids and owners included. */
function read(text: string) {
  const rename = (part: string) => part.replace(TOKEN, '‹id›');
  const leaves = readLeaves({ text }, rename, (state) =>
    focusOn(state, (part) => (rename(part) === part ? 'nobody' : 'own')),
  );
  stateSeen('checkout', { text });
  return leaves;
}

describe('a long state is read, and soon, though it is', () => {
  test.each([
    ['one word', times('G')],
    ['one word of digits', times('7')],
    ['blanks between two words', `a${times(' ')}b`],
    ['nothing but blanks, and a word', `${times(' ')}b`],
    ['lines that are all the same', times('a\n')],
    ['lines of which each has a name of its own', times('name: value\n')],
    ['nothing but separators of cells', times('|')],
    ['a rule', times('-')],
    ['a rule that is none', `${times('-')}x`],
    ['a rule of blanks', `--${times(' ')}x`],
    ['rules', times('--|--\n')],
    ['a table in a table', times('a|b\n--|--\n')],
    ['columns without rows', times('- -- \n')],
    ['records of nothing', times('-[ RECORD 1 ]-\n')],
    ['a record without an end', `-[ RECORD 1 ]-\n${times('status | x\n')}`],
    ['a record of blanks', `*** 1. row ***\n${times(' ')}x`],
    ['a list of titles', times('id,status\n')],
    ['quotes in CSV', `id,status\n${times('",')}`],
    ['a tag without an end', `<?xml?><${times('a')}`],
    ['a tag with a name that long', `<?xml?><${times('a')}>`],
    ['a tag of blanks', `<?xml?><a${times(' ')}>`],
    ['tags that are never closed', times('<a>')],
    ['a page of quotes', `<?xml?><a ${times('a="')}>`],
    ['a string of one letter', JSON.stringify({ note: times('G') })],
    ['a string of half ids', JSON.stringify({ note: times('A-') })],
    ['a list of numbers', `[${times('1,')}1]`],
    ['a number', `{"paid":${times('9')}}`],
    ['brackets', times('[')],
    ['brackets that are closed', `${times('[').slice(LENGTH / 2)}${times(']').slice(LENGTH / 2)}`],
    ['objects in objects', `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`],
  ])('%s', (_what, text) => {
    const startMs = performance.now();
    expect(read(text).size).toBeGreaterThan(0);
    expect(performance.now() - startMs).toBeLessThan(MUCH_LATER_MS);
  });
});

test('brackets in strings are no depth', () => {
  expect(read(JSON.stringify({ note: '[{"'.repeat(200), status: 'paid' })).get('status')).toEqual([
    '"paid"',
  ]);
});
