import { describe, expect, test } from 'vitest';
import { inqudHook } from '../world.js';

/** What can stand where the line ends. */
async function completed(line: string): Promise<readonly string[]> {
  const env = { INQUD_SHOP: 'x', PATH: '/bin' };
  const ran = await inqudHook(['completion', 'words', '--', ...line.split(' ')], { env });
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  return ran.stdout
    .trimEnd()
    .split('\n')
    .map((answer) => answer.split('\t', 1)[0] ?? '');
}

test.each([
  ['', ['init', 'check', 'completion', 'help'], 'a command'],
  ['simu', ['simulate-retries', ':words'], 'the one that is begun'],
  ['help che', ['check', ':words'], 'help of a command'],
  ['--v', ['--version', ':words'], 'a flag of the program'],
  ['--no-color check --kin', ['--kind', ':words'], 'a flag behind one of the program'],
  ['check --kind ch', ['checkout', ':words'], 'a kind'],
  ['check --kind=ch', ['--kind=checkout', ':words'], 'a kind behind an equals sign'],
  ['send 3000 --event checkout.s', ['checkout.success', ':words'], 'an event'],
  ['events payment.ne', ['payment.new', ':words'], 'an event as an operand'],
  ['events paym', ['payment', 'payment.new'], 'a kind or an event'],
  ['simulate-retries --lifecycle checkout:exp', ['checkout:expired', ':words'], 'a lifecycle'],
  ['check --rules order', ['ordering/*', 'ordering/any-order'], 'a pattern of rules'],
  ['check --skip signature/raw', ['signature/raw-bytes', ':words'], 'a rule'],
  ['check --format ju', ['junit', ':words'], 'a format'],
  ['check --report ht', ['html=', ':words'], 'the format of a report'],
  ['check --report html=', [':files'], 'and its file'],
  ['verify --report h', ['html=', ':words'], 'a page'],
  ['verify a.json --from cur', ['curl', ':words'], 'the format of a capture'],
  ['verify a.json b', [':files'], 'files'],
  ['replay a.ndjson --order rev', ['reverse', ':words'], 'an order'],
  ['send 3000 --tamper miss', ['missing', ':words'], 'a way to tamper'],
  ['send 3000 --secret-file ', [':files'], 'the file of a secret'],
  ['check --secret-env INQ', ['INQUD_SHOP', ':words'], 'the name of a variable'],
  ['simulate-retries --receiver fl', ['flaky:', ':words'], 'a built-in receiver'],
  ['send -H a:b --ev', ['--event', ':words'], 'a flag behind the value of a short one'],
  ['check 3000 ', ['--state-url', '--kind'], 'flags where nothing else can stand'],
  ['completion ', ['bash', 'zsh', 'fish', 'powershell', ':words'], 'a shell'],
])('%s is completed: %s', async (line, expected) => {
  expect(await completed(line)).toEqual(expect.arrayContaining([...expected]));
  if (expected.includes(':words')) expect(await completed(line)).toEqual(expected);
});

test.each([
  'nothing --ki',
  'check --nope=a',
  'check --state-url ',
  'send -- --ev',
  'check --seed 4',
])('nothing is made up for %s', async (line) => {
  expect(await completed(line)).toEqual([':words']);
});

test('a candidate comes with what it means, and no value of a variable is said', async () => {
  const env = { INQUD_SHOP: 'value of the shop' };
  const words = ['completion', 'words', '--', 'check', '--kind', 'checkout'];
  expect((await inqudHook(words, { env })).stdout).toBe(
    'checkout\tCrypto-widget checkout\n:words\n',
  );
  const named = await inqudHook(['completion', 'words', '--', 'check', '--secret-env', ''], {
    env,
  });
  expect(named.stdout).toBe('INQUD_SHOP\n:words\n');
});

test('an empty word can be said by a flag, for shells that pass none on', async () => {
  const ran = await inqudHook(['completion', 'words', '--new-word', '--', 'check', '--kind']);
  expect(ran.stdout).toMatch(/^payment\t/);
});

test('another shell is asked wrongly', async () => {
  const ran = await inqudHook(['completion', 'csh']);
  expect(ran.exitCode).toBe(2);
  expect(ran.stderr).toBe(
    '✗ There is no script for that shell.\n  Choose one of bash, zsh, fish, powershell.\n',
  );
});

describe.each(['bash', 'zsh', 'fish', 'powershell'])('the script for %s', (shell) => {
  test('is what it has been, to the letter', async () => {
    const { stdout } = await inqudHook(['completion', shell]);
    expect(stdout).not.toContain('@{');
    await expect(stdout).toMatchFileSnapshot(`fixtures/completion/${shell}.txt`);
  });
});
