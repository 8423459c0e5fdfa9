import { existsSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { RULES } from '../../src/conformance/rules/registry.js';
import { careful, credulous, type Handle, openShop, SECRET } from '../conformance/shop.js';
import { inqudHook, newFolder } from '../world.js';

/** A check waits for receivers to settle, and machines can be busy. */
vi.setConfig({ testTimeout: 90_000 });

const env = { INQUD_HOOK_SECRET: SECRET };
const DUPLICATES = 'idempotency/duplicate-in-sequence';

async function credulousShop() {
  const folder = await newFolder();
  const shop = openShop({ handle: credulous });
  const words = ['check', shop.url, '--state-url', shop.stateUrl, '--kind', 'checkout'];
  const save = ['--save', folder.at('failing.json'), '--rules', DUPLICATES];
  const run = (flags: readonly string[]) =>
    inqudHook([...words, ...flags], { env, outside: shop.outside });
  return { folder, run, save };
}

test('a check needs a secret', async () => {
  const ran = await inqudHook(['check', '3000']);
  expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
  expect(ran.stderr).toContain('No secret in $INQUD_HOOK_SECRET');
});

test('a failure is a story: what was delivered, what the state says, what to do', async () => {
  const { run, save } = await credulousShop();
  const first = await run(save);
  expect(first.exitCode).toBe(1);
  expect(first.stdout).toContain('✗ duplicate-in-sequence (must)');
  expect(first.stdout).toContain('checkout.success again → 200');
  expect(first.stdout).toContain('≠ credited  expected 149.9, is 299.8');
  expect(first.stdout).toContain('It happens every time (5 of 5).');
  expect(first.stdout).toContain('Inqud: https://docs.inqud.com/developer/web-hooks');
});

describe('what failed', () => {
  const ALL = 'idempotency/duplicate-in-sequence,retries/lost-acknowledgement';

  /** A shop that is mended between a check and the replay of its failures. */
  async function mendedShop() {
    const folder = await newFolder();
    let isMended = false;
    const handle: Handle = (order, event) =>
      isMended ? careful(order, event) : credulous(order, event);
    const shop = openShop({ handle });
    const file = folder.at('failing.json');
    const words = ['check', shop.url, '--state-url', shop.stateUrl, '--kind', 'checkout'];
    const rules = ALL.split(',').flatMap((rule) => ['--rules', rule]);
    const { outside } = shop;
    const first = await inqudHook([...words, ...rules, '--save', file], { env, outside });
    return {
      first,
      folder,
      mend: () => {
        isMended = true;
      },
      replay: (flags: readonly string[] = []) =>
        inqudHook([...words, '--replay', file, ...flags], { env, outside }),
    };
  }

  test('is saved in one file, all of it, and still fails as long as nothing is mended', async () => {
    const { first, folder, replay } = await mendedShop();
    expect(first.stdout).toContain('replay what failed: inqud-hook check');
    const saved = JSON.parse(await folder.read('failing.json'));
    expect(saved).toMatchObject({ schemaVersion: 2, title: 'inqud-hook scripts' });
    expect(saved.scripts.map(({ rule }: { rule: string }) => rule)).toEqual(ALL.split(','));
    const again = await replay();
    expect(again.exitCode).toBe(1);
    expect(again.stdout).toContain('✗ STILL FAILS  idempotency/duplicate-in-sequence (must)');
    expect(again.stdout).toContain('✗ STILL FAILS  retries/lost-acknowledgement (must)');
    expect(again.stdout).toContain('≠ credited  expected 149.9, is 299.8');
    expect(again.stdout).toContain('✗ All 2 saved failures still fail.');
  });

  test('is fixed once it is mended, for people and for programs', async () => {
    const { mend, replay } = await mendedShop();
    mend();
    const people = await replay();
    expect(people.exitCode).toBe(0);
    expect(people.stdout).toContain('✓ FIXED  idempotency/duplicate-in-sequence (must)');
    expect(people.stdout).toContain('✓ All 2 saved failures are fixed.');
    const { stdout } = await replay(['--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      results: [{ status: 'pass', replay: 'fixed' }, { replay: 'fixed' }],
      summary: { readiness: { verdict: 'replayed', fixed: 2, failing: 0, untold: 0 } },
      exitCode: 0,
    });
  });
});

describe('at the end of a check without a state', () => {
  const rules = ['--rules', 'idempotency/*', '--kind', 'checkout'];
  const lastOf = (stdout: string) => stdout.split('\n').slice(-12).join('\n');

  test('there is a command with one, which can be pasted', async () => {
    const shop = openShop({ handle: careful });
    const origin = new URL(shop.url).origin;
    const ran = await inqudHook(['check', shop.url, ...rules], { env, outside: shop.outside });
    expect(ran.stdout).toContain('  --state-url  money counted twice, lost, or undone (');
    expect(lastOf(ran.stdout)).toContain(
      `\n  inqud-hook check ${shop.url} --rules 'idempotency/*' --kind checkout --state-url '${origin}/orders/{clientOrderId}'\n`,
    );
  });

  test('there is none where no state is meant to be read', async () => {
    const shop = openShop({ handle: careful });
    const words = ['check', shop.url, ...rules, '--black-box'];
    const { stdout } = await inqudHook(words, { env, outside: shop.outside });
    expect(stdout).not.toContain("--state-url '");
  });

  test('a secret is no part of it', async () => {
    const shop = openShop({ handle: careful });
    const words = ['check', shop.url, ...rules, '--secret', SECRET];
    const { stdout } = await inqudHook(words, { outside: shop.outside });
    expect(stdout).toContain('--secret-env INQUD_HOOK_SECRET --state-url');
    expect(stdout).not.toContain(SECRET);
  });
});

test('a file of one script, as it was saved before, is read', async () => {
  const { folder, run } = await credulousShop();
  const send = { resource: 0, event: 'success', answer: 'awaited' };
  const path = await folder.write(
    'old.json',
    JSON.stringify({
      schemaVersion: 1,
      title: 'inqud-hook script',
      rule: DUPLICATES,
      measure: { kind: 'same' },
      script: {
        resources: [{ kind: 'checkout', end: 'success', order: 0 }],
        steps: [send, send].map((delivery) => ({ kind: 'send', deliveries: [delivery] })),
      },
    }),
  );
  const ran = await run(['--replay', path]);
  expect(ran).toMatchObject({ exitCode: 1 });
  expect(ran.stdout).toContain('✗ The saved failure still fails.');
});

test('the script that failed is saved, and replayed alone', async () => {
  const { folder, run, save } = await credulousShop();
  await run(save);
  const again = await run(['--replay', folder.at('failing.json'), '--format', 'json']);
  expect(again.exitCode).toBe(1);
  expect(JSON.parse(again.stdout)).toMatchObject({
    schemaVersion: 1,
    command: 'check',
    results: [{ id: DUPLICATES, severity: 'must', status: 'fail' }],
    exitCode: 1,
  });
});

describe('what a terminal shows meanwhile', () => {
  const watched = async (terminals: readonly ('stdout' | 'stderr')[]) => {
    const shown: string[] = [];
    const shop = openShop({ handle: credulous });
    const rules = ['--rules', 'signature/missing-refused', '--kind', 'checkout', '--black-box'];
    const onProgress = (text: string) => shown.push(text);
    const { outside } = shop;
    await inqudHook(['check', shop.url, ...rules], { env, terminals, onProgress, outside });
    return shown;
  };

  test('a check says what it does and how far it is', async () => {
    const shown = await watched(['stdout', 'stderr']);
    expect(shown[0]).toBe('learning what the receiver takes · 0 web hooks · 0s');
    expect(shown).toContainEqual(
      expect.stringMatching(
        /^0 of 1 rules judged: missing-refused · \d+ web hooks? · \d+s of about \d+s$/,
      ),
    );
    expect(shown.at(-1)).toMatch(/^1 of 1 rules judged · /);
  });

  test('a pipe gets none of it', async () => {
    expect(await watched(['stdout'])).toEqual([]);
  });
});

describe('a baseline', () => {
  test('accepts a failure that is known', async () => {
    const { folder, run } = await credulousShop();
    const path = await folder.write(
      'base.json',
      `{"schemaVersion":1,"accepted":["${DUPLICATES}"]}`,
    );
    const ran = await run(['--rules', DUPLICATES, '--baseline', path]);
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain(`accepted by the baseline: ${DUPLICATES}`);
  });

  test('is stale when what it accepts holds', async () => {
    const { folder, run } = await credulousShop();
    const id = 'signature/missing-refused';
    const path = await folder.write('base.json', `{"schemaVersion":1,"accepted":["${id}"]}`);
    const ran = await run(['--rules', id, '--baseline', path]);
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain(`in the baseline, but not failing: ${id}`);
  });
});

test('reports go to files, each in its format', async () => {
  const { folder, run } = await credulousShop();
  const formats = ['junit', 'markdown', 'github', 'ndjson'];
  const reports = formats.flatMap((format) => ['--report', `${format}=${folder.at(format)}`]);
  await run(['--rules', DUPLICATES, '--save', folder.at('f.json'), ...reports]);
  expect(await folder.read('junit')).toContain('<failure type="must"');
  expect(await folder.read('markdown')).toContain(`### ${DUPLICATES} (must)`);
  expect(await folder.read('github')).toContain(`::error title=${DUPLICATES}::`);
  expect((await folder.read('ndjson')).split('\n')[0]).toContain('"kind":"ready"');
});

describe('the configuration file', () => {
  test('gives flags, and what is typed overrides them', async () => {
    const folder = await newFolder();
    const shop = openShop();
    const rules = ['signature/missing-refused'];
    const config = {
      check: { url: shop.url, blackBox: true, kind: ['checkout'], rules, format: 'junit' },
    };
    const path = await folder.write('config.json', JSON.stringify(config));
    const words = ['check', '--config', path, '--format', 'json'];
    const ran = await inqudHook(words, { env, outside: shop.outside });
    expect(ran.exitCode).toBe(0);
    expect(JSON.parse(ran.stdout).results).toHaveLength(1);
  });

  test.each([
    [
      '{"check":{\n  "statUrl":"x"}}',
      'line 2, column 3: "check.statUrl" is not known; did you mean "stateUrl"?',
    ],
    ['{"check":{"state-url":"x"}}', '"check.state-url" is not known; did you mean "stateUrl"?'],
    ['{"chek":{}}', 'line 1, column 2: "chek" is not known; did you mean "check"?'],
    ['[]', 'line 1, column 1: it has to be an object.'],
    ['{"check": []}', 'line 1, column 2: "check" has to be an object.'],
    ['"x"', 'line 1, column 1: it has to be an object.'],
    ['{"check":{"rules":"a"}}', '"check.rules" has to be a list of texts.'],
    [
      '{"check":{\n\t"blackBox": "yes"}}',
      'line 2, column 2: "check.blackBox" has to be true or false.',
    ],
    ['{"check":{"linger":"soon"}}', '"check.linger" is no duration: write a number and a unit'],
    ['{"check":{"runs":-1}}', '"check.runs"'],
    ['{\n  // the shop\n  "check":{}}', 'line 2, column 3: it holds a comment, and JSON has none.'],
    ['{"check":{},}', 'line 1, column 13: it is not JSON.'],
    ['{"check":', 'line 1, column 10: it is not JSON.'],
    ['', 'line 1, column 1: it is not JSON.'],
  ])('that says %j is refused, with the place', async (text, sentence) => {
    const folder = await newFolder();
    const path = await folder.write('config.json', text);
    const ran = await inqudHook(['check', '3000', '--config', path], { env });
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr.replace(/\s+/g, ' ')).toContain(sentence);
  });
});

describe('a report that cannot be written is a mistake before anything is sent:', () => {
  test.each([
    [
      'a folder that is not there',
      '--report',
      'junit=PLACE/none/out.xml',
      'there is no such folder',
    ],
    ['a folder', '--report', 'json=PLACE', 'it is a folder'],
    ['a failing script in a folder that is not there', '--save', 'PLACE/none/x', 'no such folder'],
  ])('%s', async (_, flag, value, reason) => {
    const folder = await newFolder();
    const shop = openShop({ before: () => expect.fail('a web hook was sent') });
    const words = ['check', shop.url, '--black-box', flag, value.replace('PLACE', folder.path)];
    const ran = await inqudHook(words, { env, outside: shop.outside });
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr.replace(/\s+/g, ' ')).toContain(reason);
  });

  test('and trying leaves no file behind', async () => {
    const folder = await newFolder();
    const words = ['check', '3000', '--black-box', '--rules', 'none', '--report'];
    await inqudHook([...words, `junit=${folder.at('out.xml')}`], { env });
    expect(existsSync(folder.at('out.xml'))).toBe(false);
  });
});

test('a rule that does not exist is a mistake', async () => {
  const ran = await inqudHook(['check', '3000', '--rules', 'orderin/*'], { env });
  expect(ran).toMatchObject({ exitCode: 2 });
  expect(ran.stderr).toContain('No rule is called "orderin/*".');
});

test('a receiver that is not there cannot be told', async () => {
  const ran = await inqudHook(['check', '127.0.0.1:9', '--black-box', '--rules', 'signature'], {
    env,
  });
  expect(ran.exitCode).toBe(3);
});

test('every rule has an id of its own, a source and advice', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  for (const { id, source, advice } of RULES) {
    expect(id).toMatch(/^[a-z]+\/[a-z0-9-]+$/);
    expect(source).toMatch(/^https:\/\/docs\.inqud\.com\//);
    expect(advice).toMatch(/\.$/);
  }
});
