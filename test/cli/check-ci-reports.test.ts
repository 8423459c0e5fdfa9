import { validate } from 'ctrf';
import { describe, expect, test, vi } from 'vitest';
import { credulous, openShop, SECRET, type ShopOptions } from '../conformance/shop.js';
import { inqudHook } from '../world.js';

/** A check waits for receivers to settle, and machines can be busy. */
vi.setConfig({ testTimeout: 90_000 });

const DUPLICATES = 'idempotency/duplicate-in-sequence';
const RULES = [DUPLICATES, 'signature/valid-accepted', 'retries/failed-work-redone'];

/** One rule fails, one holds, and one is skipped for want of `--fault-on`. */
async function reportOf(
  format: string,
  { env = {}, ...options }: ShopOptions & { readonly env?: Readonly<Record<string, string>> } = {},
) {
  const shop = openShop({ handle: credulous, ...options });
  const words = ['check', shop.url, '--state-url', shop.stateUrl, '--kind', 'checkout'];
  const rules = RULES.flatMap((rule) => ['--rules', rule]);
  const ran = await inqudHook([...words, ...rules, '--save', '/dev/null', '--format', format], {
    env: { INQUD_HOOK_SECRET: SECRET, ...env },
    outside: shop.outside,
  });
  return { exitCode: ran.exitCode, document: JSON.parse(ran.stdout) };
}

describe('gitlab', () => {
  test('holds what GitLab asks of an issue, and an issue for each failure', async () => {
    const { exitCode, document } = await reportOf('gitlab');
    expect(exitCode).toBe(1);
    expect(document).toEqual([
      {
        description: expect.stringMatching(/^\S.*\. Fix: \S.*\.$/),
        check_name: DUPLICATES,
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        severity: 'critical',
        location: { path: '.gitlab-ci.yml', lines: { begin: 1 } },
      },
    ]);
  });

  test('gives an issue the same fingerprint in every run', async () => {
    const [first, second] = [await reportOf('gitlab'), await reportOf('gitlab')];
    expect(first.document[0].fingerprint).toBe(second.document[0].fingerprint);
  });

  test.each([
    ['ci/web-hooks.yml', 'ci/web-hooks.yml'],
    ['.gitlab-ci.yml@group/project', '.gitlab-ci.yml'],
    ['https://ci.example/x.yml', '.gitlab-ci.yml'],
  ])('says of CI_CONFIG_PATH=%s that the file is %s', async (CI_CONFIG_PATH, path) => {
    const { document } = await reportOf('gitlab', { env: { CI_CONFIG_PATH } });
    expect(document[0].location.path).toBe(path);
  });

  test('says what could not be told, as information', async () => {
    const { exitCode, document } = await reportOf('gitlab', { status: 401 });
    expect(exitCode).not.toBe(0);
    expect(document.length).toBeGreaterThan(0);
    const untold = document.filter(({ severity }: { severity: string }) => severity === 'info');
    for (const { description } of untold) expect(description).toMatch(/^It could not be told: /);
  });
});

describe('ctrf', () => {
  test('is valid by the schema of CTRF', async () => {
    const { document } = await reportOf('ctrf');
    expect(validate(document)).toMatchObject({ valid: true });
    const refused = await reportOf('ctrf', { status: 401 });
    expect(validate(refused.document)).toMatchObject({ valid: true });
  });

  test('says what became of each rule, and of all of them', async () => {
    const { document } = await reportOf('ctrf');
    const { tool, summary, tests, extra } = document.results;
    expect(tool.name).toBe('inqud-hook check');
    const counts = { tests: 3, passed: 1, failed: 1, skipped: 1, pending: 0, other: 0 };
    expect(summary).toMatchObject(counts);
    expect(summary.stop - summary.start).toBe(summary.duration);
    expect(extra).toMatchObject({ exitCode: 1, reproduce: expect.stringContaining('--seed') });
    const byName = new Map(tests.map((one: { name: string }) => [one.name, one]));
    expect(byName.get(DUPLICATES)).toMatchObject({
      status: 'failed',
      suite: ['idempotency'],
      tags: ['must'],
      message: expect.stringMatching(/\.$/),
      trace: expect.stringContaining('checkout.success again → 200'),
    });
    expect(byName.get('signature/valid-accepted')).not.toHaveProperty('message');
  });
});

test.each(['gitlab', 'ctrf'])('%s leaves a mistake to standard error', async (format) => {
  const ran = await inqudHook(['check', '3000', '--format', format]);
  expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
  expect(ran.stderr).toContain('No secret in $INQUD_HOOK_SECRET');
});
