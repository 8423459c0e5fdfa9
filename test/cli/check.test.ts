import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { CONFIG_KEYS } from '../../src/cli/actions/check/config.js';
import { RULES } from '../../src/conformance/rules/registry.js';
import { credulous, openShop, SECRET } from '../conformance/shop.js';
import { inqudHook, newFolder } from '../world.js';

/** A check waits for receivers to settle, and machines can be busy. */
vi.setConfig({ testTimeout: 90_000 });

const env = { INQUD_HOOK_SECRET: SECRET };
const DUPLICATES = 'idempotency/duplicate-in-sequence';

async function credulousShop() {
  const folder = await newFolder();
  const shop = await openShop({ handle: credulous });
  const words = ['check', shop.url, '--state-url', shop.stateUrl, '--kind', 'checkout'];
  const save = ['--save', folder.at('failing.json'), '--rules', DUPLICATES];
  const run = (flags: readonly string[]) => inqudHook([...words, ...flags], { env });
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
    const shop = await openShop();
    const rules = ['signature/missing-refused'];
    const config = {
      check: { url: shop.url, blackBox: true, kind: ['checkout'], rules, format: 'junit' },
    };
    const path = await folder.write('config.json', JSON.stringify(config));
    const ran = await inqudHook(['check', '--config', path, '--format', 'json'], { env });
    expect(ran.exitCode).toBe(0);
    expect(JSON.parse(ran.stdout).results).toHaveLength(1);
  });

  test('with a key that is not known is refused', async () => {
    const folder = await newFolder();
    const path = await folder.write('config.json', '{"check":{"statUrl":"x"}}');
    const ran = await inqudHook(['check', '3000', '--config', path], { env });
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain('statUrl');
  });

  test('has a schema that knows the flags', () => {
    const url = new URL('../../fixtures/inqud-hook.config.schema.json', import.meta.url);
    const schema = JSON.parse(readFileSync(url, 'utf8'));
    expect(schema.properties.check.additionalProperties).toBe(false);
    expect(Object.keys(schema.properties.check.properties).sort()).toEqual(CONFIG_KEYS.toSorted());
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
