import { describe, expect, test } from 'vitest';
import { recording } from '../receivers/recording.js';
import { inqudHook, newFolder } from '../world.js';

/** What is typed, the sentence that answers it, and the hint. */
type Mistake = readonly [words: string, sentence: string, hint: string];

const URL_HINT = 'Type a URL such as http://localhost:3000/webhooks, or just a port: 3000.';
const DURATION_HINT = 'Write a number and a unit: 500ms, 10s, 2m, 1h30m, 1d.';
const NO_SECRET: Mistake = [
  'verify body.json',
  'No secret in $INQUD_HOOK_SECRET, and none named by a flag.',
  'export INQUD_HOOK_SECRET=…, or use --secret-env NAME or --secret-file PATH.',
];

const MISTAKES: readonly Mistake[] = [
  ['sned 3000', 'There is no command `sned`.', 'Did you mean send?'],
  ['help sned', 'There is no command `sned`.', 'Type `inqud-hook --help`.'],
  ['send 3000 --evnt x', 'send has no flag --evnt.', 'Did you mean --event?'],
  ['simulate-retries --kaos', 'simulate-retries has no flag --kaos.', 'Did you mean --chaos?'],
  ['send 3000 --zzzzzz', 'send has no flag --zzzzzz.', 'Type `inqud-hook send --help`.'],
  ['send', 'send needs <url>.', 'Type `inqud-hook send --help`.'],
  ['verify', 'verify needs <files>.', 'Type `inqud-hook verify --help`.'],
  ['send 3000 --set', '--set needs a value: --set <path=value>.', 'Type `inqud-hook send --help`.'],
  [
    'send 3000 4000',
    'send takes fewer arguments than are given.',
    'Type `inqud-hook send --help`.',
  ],
  [
    'send 3000 --format xml',
    '--format takes another value.',
    'Choose one of pretty, json, ndjson.',
  ],
  [
    'send ftp://localhost/x',
    'The URL starts with ftp://, and web hooks travel over http or https.',
    URL_HINT,
  ],
  ['send localhost:99999', '"99999" is no port: ports are 1 to 65535.', URL_HINT],
  [
    'send http://user:pw@localhost/',
    'The URL holds credentials, which Inqud does not send.',
    'Drop the part up to the @.',
  ],
  [
    'send http://192.0.2.1/x',
    '192.0.2.1 is not on this machine.',
    'Add --allow-remote if the receiver there is yours.',
  ],
  [
    'simulate-retries http://192.0.2.1/x',
    '192.0.2.1 is not on this machine.',
    'Add --allow-remote if the receiver there is yours.',
  ],
  NO_SECRET,
  ['send 3000 --secret-env NOT_SET', '$NOT_SET is not set.', 'export NOT_SET=…'],
  [
    'send 3000 --secret-file none.txt',
    'The secret file cannot be read: there is no such file.',
    'The flag takes the path of a file that holds the secret, not the secret.',
  ],
  [
    'send 3000 --secret-env EMPTY',
    'The secret from $EMPTY is empty.',
    'Put the web hook secret there, or leave the source away.',
  ],
  [
    'send 3000 --secret-env ONE --secret-env ONE',
    'A sender signs with one secret, and several are given.',
    'Name one of them.',
  ],
  [
    'send 3000 --body - --secret-file -',
    'Standard input is asked for twice, and can be read once.',
    'Put one of the two in a file.',
  ],
  [
    'send 3000 --body @none.json',
    'none.json cannot be read: there is no such file.',
    'Check the path.',
  ],
  ['send 3000 --body @.', '. cannot be read: it is a folder.', 'Check the path.'],
  [
    'send 3000 --body {"a":1}',
    '--body takes @file or -, and `{"a":1}` is neither: shells change inline bodies.',
    'Write the body to a file and send it with --body @file, or pipe it to --body -.',
  ],
  [
    'send 3000 --body @x --event payment.new',
    '--body and --event exclude each other.',
    'Leave one away.',
  ],
  ['send 3000 --timeout soon', '--timeout: `soon` is not a duration.', DURATION_HINT],
  ['send 3000 --timeout 10', '--timeout: `10` is not a duration.', DURATION_HINT],
  ['send 3000 --timeout 0', '--timeout: 0 is no time limit.', 'Write 1ms to 1h, e.g. 10s.'],
  [
    'send 3000 --count none',
    '--count: `none` is not a whole number from 1 to 10000000.',
    'Type `inqud-hook send --help`.',
  ],
  [
    'send 3000 --event checkout.sucess',
    'There is no event "checkout.sucess".',
    'Did you mean checkout.success? List them with: inqud-hook events',
  ],
  [
    'send 3000 --event chekout.success',
    'There is no event "chekout.success".',
    'Did you mean checkout.success? List them with: inqud-hook events',
  ],
  ['events chekout', 'There is no kind `chekout`.', 'Did you mean checkout?'],
  [
    'events checkout.paid',
    'There is no event "checkout.paid".',
    'Choose one of checkout.new, checkout.request-created, checkout.payment-detected, checkout.success, checkout.conflict, checkout.expired.',
  ],
  [
    'send 3000 --set amount',
    '"amount" says no value: there is no "=" in it.',
    'Write path=value, e.g. amount=12.50, request.status=EXPIRED or items[0].name=tea.',
  ],
  ['send 3000 -H nonsense', '`nonsense` is no header.', "Write -H 'Name: value'."],
  [
    'send 3000 -H Host:x',
    'Host belongs to the connection and is written by the tool.',
    'Drop Host.',
  ],
  [
    'send 3000 -H X-A:ž',
    'The value of X-A holds what a header cannot carry.',
    "Type a header as 'Name: value'.",
  ],
  [
    'simulate-retries --lifecycle chekout',
    'There is no lifecycle "chekout".',
    'Did you mean checkout?',
  ],
  [
    'simulate-retries --receiver constructor',
    'There is no built-in receiver `constructor`.',
    'Choose demo, healthy, silent, flaky:3, down:40m, slow:12s or status:503.',
  ],
  [
    'simulate-retries 1 --receiver demo',
    'A URL and --receiver exclude each other.',
    'Leave one away.',
  ],
  [
    'simulate-retries --time-scale 1h',
    '--time-scale: `1h` is not a time scale.',
    'Write plan time = real time, e.g. 1h=1s.',
  ],
  [
    'simulate-retries --outage 5m',
    '--outage: `5m` is not a stretch of time.',
    'Write from..to, e.g. 5m..20m.',
  ],
  [
    'simulate-retries --duplicates 2',
    '--duplicates: `2` is not a rate.',
    'Write a share from 0 to 1, or a percentage: 0.2 or 20%.',
  ],
  [
    'simulate-retries --factor 0.5',
    '--factor: `0.5` is not a factor.',
    'Write a number of at least 1.',
  ],
  [
    'simulate-retries --retries 101',
    '--retries: `101` is not a whole number from 0 to 100.',
    'Type `inqud-hook simulate-retries --help`.',
  ],
  [
    'simulate-retries --backoff 1m,2m --retries 3',
    '--retries 3 does not go with a list of 2 waits.',
    'Leave one of them away.',
  ],
  [
    'simulate-retries --backoff published --retries 11',
    '--retries 11 does not go with the published schedule of 10 waits.',
    'Leave one of them away.',
  ],
  [
    'simulate-retries --backoff 1m --base 2m',
    '--base does not go with --backoff 1m.',
    'Leave one of them away.',
  ],
  ['simulate-retries --backoff weekly', '--backoff: `weekly` is not a duration.', DURATION_HINT],
  [
    'simulate-retries --retries 60',
    'The waits between the retries add up to more than a hundred years.',
    'Lower --retries or --factor, or cap each wait, e.g. --max-wait 1d.',
  ],
  [
    'simulate-retries --spacing 40000d',
    '--spacing: 40000d is more than a hundred years.',
    DURATION_HINT,
  ],
  [
    'simulate-retries --plan none.json',
    'none.json cannot be read: there is no such file.',
    'Check the path.',
  ],
  [
    'simulate-retries --save-plan no/such/folder.json',
    'no/such/folder.json cannot be written: there is no such folder.',
    'Name another place.',
  ],
  [
    'verify a.json b.json --digest abc --secret-env ONE',
    '--digest belongs to one body, and 2 files are given.',
    'Verify them one by one.',
  ],
];

const env = { ONE: 'secret-1', EMPTY: '' };
const stdin = 'secret-2';

describe('a mistake is exit 2, one sentence and what to type, and nothing on standard output:', () => {
  test.each(MISTAKES)('%s', async (words, sentence, hint) => {
    const { exitCode, stdout, stderr } = await inqudHook(words.split(' '), { env, stdin });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(unwrapped(stderr)).toBe(`✗ ${sentence}\n  ${hint}\n`);
    for (const line of stderr.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('nothing at all', async () => {
    expect(await inqudHook([])).toEqual({
      exitCode: 2,
      stdout: '',
      stdoutBytes: Buffer.alloc(0),
      stderr:
        '✗ No command is given.\n' +
        '  Try `inqud-hook simulate-retries`, or `inqud-hook --help`.\n',
    });
  });
});

describe('for programs a mistake is the one document:', () => {
  test.each(MISTAKES.filter(([words]) => !/--format|^help/.test(words)))(
    '%s',
    async (words, sentence, hint) => {
      const [command = '', ...rest] = words.split(' ');
      const argv = [command, '--format', 'json', ...rest];
      const { exitCode, stdout } = await inqudHook(argv, { env, stdin });
      expect(exitCode).toBe(2);
      const { schemaVersion, error } = JSON.parse(stdout);
      expect(schemaVersion).toBe(1);
      expect(error).toEqual({
        code: expect.stringMatching(/^[a-z]+-[a-z]+$/),
        message: sentence,
        hint,
      });
    },
  );

  test('a curl command cannot be JSON', async () => {
    const { exitCode, stdout } = await inqudHook(['send', '1', '--curl', '--format', 'json']);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { message: '--curl and --format json exclude each other.' },
    });
  });

  test('with ndjson it is the one record', async () => {
    const { stdout } = await inqudHook(['send', '3000', '--evnt', 'x', '--format=ndjson']);
    expect(stdout).toBe(
      '{"kind":"error","schemaVersion":1,"error":{"code":"bad-flag",' +
        '"message":"send has no flag --evnt.","hint":"Did you mean --event?"}}\n',
    );
  });
});

describe('a plan file is refused where it says', () => {
  const refused = async (change: (plan: Record<string, unknown>) => void) => {
    const { stdout } = await inqudHook(['simulate-retries', '--dry-run', '--seed', '1']);
    const plan = JSON.parse(stdout);
    change(plan);
    const folder = await newFolder();
    const file = await folder.write('plan.json', JSON.stringify(plan));
    const ran = await inqudHook(['simulate-retries', '--plan', file]);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    return unwrapped(ran.stderr).replaceAll(file, 'plan.json');
  };

  test.each([
    [
      'a key it does not know',
      (plan: Record<string, unknown>) => {
        plan['retrys'] = 3;
      },
      '`retrys` is not known',
    ],
    [
      'a version it does not know',
      (plan: Record<string, unknown>) => {
        plan['schemaVersion'] = 2;
      },
      '`schemaVersion` is 2, where 1 is needed',
    ],
    [
      'a missing key',
      (plan: Record<string, unknown>) => {
        delete plan['seed'];
      },
      '`seed` is missing',
    ],
  ])('%s', async (_what, change, reason) => {
    expect(await refused(change)).toBe(
      `✗ plan.json is not a plan this version reads: ${reason}.\n` +
        '  Write one with `inqud-hook simulate-retries --save-plan plan.json`.\n',
    );
  });

  test('what is no JSON', async () => {
    const ran = await inqudHook(['simulate-retries', '--plan', '-'], { stdin: 'nope' });
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(unwrapped(ran.stderr)).toContain('- is not a plan this version reads: it is not JSON.');
  });
});

test('standard input on a terminal is announced', async () => {
  const receiver = await recording();
  const ran = await inqudHook(['send', receiver.url, '--body', '-'], { terminals: ['stdin'] });
  expect(ran.stderr).toBe('Reading standard input; Ctrl-D ends it.\n');
});

test('a bug of ours is exit 70, a stack trace and the request to report it', async () => {
  const argv = ['send', '3000', '--format', 'json'];
  const samples = { read: () => Promise.reject(new TypeError('the sample has gone')) };
  const { exitCode, stdout, stderr } = await inqudHook(argv, { samples });
  expect(exitCode).toBe(70);
  expect(JSON.parse(stdout)).toEqual({
    schemaVersion: 1,
    error: { code: 'bug', message: 'TypeError: the sample has gone' },
  });
  expect(stderr).toMatch(/^TypeError: the sample has gone\n {4}at /);
  expect(stderr).toMatch(/\n\nThis is a bug in inqud-hook: please report it\.\n$/);
});

/** Lines that were broken to fit the screen, whole again. */
function unwrapped(text: string): string {
  const [first = '', ...rest] = text.trimEnd().split('\n  ');
  const hintStart = rest.findIndex((line) => /^[A-Z-]|^export/.test(line));
  const sentence = [first, ...rest.slice(0, Math.max(hintStart, 0))].join(' ');
  return `${sentence}\n  ${rest.slice(Math.max(hintStart, 0)).join(' ')}\n`;
}
