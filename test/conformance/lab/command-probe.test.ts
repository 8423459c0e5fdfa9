import { describe, expect, test } from 'vitest';
import { commandProbe } from '../../../src/conformance/lab/command-probe.js';
import { saysNothingYet } from '../../../src/conformance/lab/nothing-yet.js';
import { readLeaves } from '../../../src/conformance/state/leaves.js';
import { stateSeen } from '../../../src/conformance/state/state-seen.js';
import { HookError } from '../../../src/errors.js';
import type { CommandResult, ProbeReading } from '../../../src/ports.js';
import { stateSeenText } from '../../../src/report/check/words.js';

const SUBJECT = {
  id: 'CCO-8c4df2e6-8c0d-4fa6-bba8-4943038dd5c5',
  clientOrderId: 'order-8c4df2e6',
  kind: 'checkout',
  amount: '149.9',
};
const SECOND = 1_000;

const well = (output: string): CommandResult => ({ kind: 'ended-well', output });
const badly = (exitCode: number | undefined, complaint = '', output = ''): CommandResult => ({
  kind: 'ended-badly',
  exitCode,
  complaint,
  output,
  failure: new HookError('failed-command', `\`state\` ended with ${exitCode}: ${complaint}.`),
});
const LOCKED = badly(1, 'Error: database is locked');
const TIMED_OUT: CommandResult = {
  kind: 'timed-out',
  failure: new HookError('failed-command', 'It had not ended.'),
};

/** A probe whose command comes to these results, one after the other, and then to the last again. */
function probeOf(...results: readonly [CommandResult, ...CommandResult[]]) {
  const left = [...results];
  const waits: number[] = [];
  const probe = commandProbe(
    'state',
    {
      commands: {
        run: () => Promise.reject(new Error('The probe asks for results.')),
        result: async () => (left.length > 1 ? left.shift() : left[0]) ?? LOCKED,
      },
      clock: {
        sleep: async (ms) => {
          waits.push(ms);
        },
      },
    },
    undefined,
  );
  return { read: () => probe.read(SUBJECT), waits };
}

const leavesOf = (reading: ProbeReading) => Object.fromEntries(readLeaves(reading, (text) => text));

test('what a command writes is the state', async () => {
  const { read } = probeOf(well('{"status":"paid"}'));
  expect(leavesOf(await read())).toEqual({ status: ['"paid"'] });
});

describe('an order that is not there yet is told by', () => {
  test.each([
    ['no word', badly(1)],
    ['curl -f', badly(22, 'curl: (22) The requested URL returned error: 404')],
    ['wget', badly(8, '2026-01-01 10:00:00 ERROR 404: Not Found.')],
    ['HTTPie', badly(4, 'http: warning: HTTP 404 Not Found')],
    ['urllib', badly(1, 'urllib.error.HTTPError: HTTP Error 404: Not Found')],
    ['axios', badly(1, 'AxiosError: Request failed with status code 404')],
    ['a file', badly(1, `cat: state/${SUBJECT.id}.json: No such file or directory`)],
    ['a script', badly(1, `no order ${SUBJECT.clientOrderId}`)],
    ['a missing key', badly(1, `Traceback:\n  File "s.py"\nKeyError: '${SUBJECT.id}'`)],
  ])('%s', async (_who, result) => {
    const { read, waits } = probeOf(result);
    expect(leavesOf(await read())).toEqual({ '(state)': ['(nothing yet)'] });
    expect(waits).toEqual([]);
  });
});

test.each([
  'ERROR:  relation "orders" does not exist',
  'Error: in prepare, no such table: orders',
  `LINE 1: select status from orders where id = '${SUBJECT.id}'`,
  "ERROR 1049 (42000): Unknown database 'shop'",
  'psql: error: connection to server on socket "/run/.s.PGSQL.5432" failed: No such file or directory',
  `Error response from daemon: No such container: shop (${SUBJECT.id})`,
  'curl: (7) Failed to connect to localhost port 4040',
])('%s says nothing of an order', (complaint) => {
  expect(saysNothingYet(complaint, SUBJECT)).toBe(false);
});

test('what fails in passing is tried again, three times with short waits', async () => {
  const { read, waits } = probeOf(LOCKED, LOCKED, LOCKED, well('paid'), LOCKED);
  expect(await read()).toEqual({ text: 'paid' });
  expect(waits).toHaveLength(3);
  expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(2 * SECOND);
  expect(leavesOf(await read())).toEqual({ '(state)': ['(not read: broken)'] });
  expect(waits).toHaveLength(6);
});

test.each([
  ['a complaint', LOCKED, 3],
  ['a signal', badly(undefined), 3],
  ['a signal, as a shell says it', badly(137), 3],
  ['too long a time', TIMED_OUT, 0],
  ['what cannot be run', badly(126, 'permission denied'), 0],
  ['what does not exist', badly(127, 'not found'), 0],
])('where no reading ever worked, %s is an error', async (_what, result, tries) => {
  const { read, waits } = probeOf(result);
  await expect(read()).rejects.toMatchObject({ code: 'failed-command' });
  expect(waits).toHaveLength(tries);
});

test.each([
  ['a complaint', LOCKED, 'broken', 3],
  ['too long a time', TIMED_OUT, 'timed-out', 0],
  ['what is not found any more', badly(127, 'not found'), 'broken', 3],
])('where one has worked, %s is a state that was not read', async (_what, result, kind, tries) => {
  const { read, waits } = probeOf(badly(1), result);
  await read();
  expect(await read()).toMatchObject({ unread: { kind } });
  expect(waits).toHaveLength(tries);
});

test('what a command writes before it ends badly is shown, and is no state', async () => {
  const { read, waits } = probeOf(badly(22, 'curl: (22) error: 500', '{"status":"paid"}'));
  const reading = await read();
  expect(leavesOf(reading)).toEqual({ '(state)': ['(ended with 22)'] });
  expect(waits).toEqual([]);
  expect(stateSeenText(stateSeen('checkout', reading))).toBe(
    'The state command ended with 22 and said: {"status":"paid"} (--state-command fails: try it in a shell, with an id in $INQUD_HOOK_ID.)',
  );
});
