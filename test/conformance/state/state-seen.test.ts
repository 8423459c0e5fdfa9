import { expect, test } from 'vitest';
import { stateSeen } from '../../../src/conformance/state/state-seen.js';
import type { ProbeReading } from '../../../src/ports.js';

test.each<[string, ProbeReading, string]>([
  ['404', { status: 404, text: '{"id":1}' }, 'not-found'],
  ['410', { status: 410, text: '' }, 'not-found'],
  ['401', { status: 401, text: '' }, 'refused'],
  ['403', { status: 403, text: '<html>' }, 'refused'],
  ['500', { status: 500, text: '{}' }, 'failure'],
  ['302', { status: 302, text: '' }, 'failure'],
  ['a page', { status: 200, text: ' <!DOCTYPE html><p>Shop</p>' }, 'page'],
  ['blanks', { status: 200, text: ' \n' }, 'nothing'],
  ['an empty list', { status: 200, text: '[ ]' }, 'nothing'],
  ['null', { text: 'null\n' }, 'nothing'],
  ['a state', { status: 201, text: '{"status":null}' }, 'state'],
  ['no look', { text: '{}', unread: { kind: 'timed-out', reason: 'It is slow.' } }, 'failure'],
  [
    'a command that knows nothing',
    { text: '', ended: { exitCode: 1, isNothingYet: true } },
    'not-found',
  ],
  ['a command that failed', { text: '', ended: { exitCode: 2, isNothingYet: false } }, 'failure'],
])('%s looks like it', (_what, reading, looksLike) => {
  expect(stateSeen('checkout', reading)).toMatchObject({
    kind: 'checkout',
    status: reading.status,
    exitCode: reading.ended?.exitCode,
    looksLike,
  });
});

test('it is shown by its start, in one line, or by why it was not read', () => {
  expect(stateSeen('checkout', { status: 200, text: 'not\n  yet ' }).text).toBe('not yet');
  const unread = { kind: 'broken', reason: 'It broke off.' } as const;
  expect(stateSeen('checkout', { text: 'x', unread }).text).toBe('It broke off.');
});
