import { expect, test } from 'vitest';
import { inqudHook } from '../world.js';

test.each([
  ['send 1 --set paidAmont=1', 'checkout has no "paidAmont", so it is added'],
  ['send 1 --set request.paidAmont=1', 'did you mean "request.paidAmount"?'],
  ['send 1 --event payment.new --set amont=1', 'did you mean "amount"?'],
  ['simulate-retries 1 --retries 0 --lifecycle payment --set stauts=1', 'did you mean "status"?'],
  ['send 1 --set tomorrow.field=1 --dry-run', 'checkout has no "tomorrow.field", so it is added'],
])('%s says that there is no such field', async (words, note) => {
  const { stdout, stderr } = await inqudHook(words.split(' '));
  expect(`${stdout}${stderr}`.replace(/\s+/g, ' ')).toContain(note);
});

test.each([
  'send 1 --set request.paidAmount=1 --set name=x',
  'simulate-retries 1 --retries 0 --set request.paidAmount=1',
])('%s has nothing to say', async (words) => {
  const { stdout } = await inqudHook(words.split(' '));
  expect(stdout).not.toContain('so it is added');
});
