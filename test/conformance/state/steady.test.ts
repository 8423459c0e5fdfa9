import { expect, test } from 'vitest';
import { steadyOf } from '../../../src/conformance/state/steady.js';
import { openLab, showing } from '../open-lab.js';
import { leavesOf } from '../plain.js';

test('what says the same each time is steady, and what agrees by chance is not', async () => {
  const { lab } = await openLab(showing(() => ({})));
  const pids = ['7', '7', '7', '9', '7'];
  let looks = 0;
  const look = () => {
    const leaves = leavesOf({ status: 'paid', pid: pids[looks] ?? '7', request: String(looks) });
    looks += 1;
    return Promise.resolve(leaves);
  };
  const first = leavesOf({ status: 'paid', pid: '7', request: 'first' });
  expect(await steadyOf(lab, ['status', 'pid', 'request'], look, first)).toEqual(['status']);
  expect(looks).toBe(5);
  expect(await steadyOf(lab, ['request'], look, first)).toEqual([]);
  expect(looks).toBe(6);
});

test('where the run is over nobody looks any more', async () => {
  const { lab, end } = await openLab(showing(() => ({})));
  end();
  const look = () => Promise.reject(new Error('looked'));
  expect(await steadyOf(lab, ['status'], look, leavesOf({}))).toEqual(['status']);
});
