import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { COMMAND_NAMES } from '../../../src/cli/summaries.js';
import { inqudHook } from '../../world.js';

const path = fileURLToPath(new URL('../../../man/inqud-hook.1', import.meta.url));
const mandoc = (...words: readonly string[]) =>
  spawnSync('mandoc', [...words, path], { encoding: 'utf8' });
const isInstalled = mandoc('-T', 'lint').error === undefined;

describe.skipIf(!isInstalled)(
  `mandoc${isInstalled ? '' : ', which is not installed here,'}`,
  () => {
    test('has nothing to say against it, but that it has no date: a help has none', () => {
      expect(mandoc('-T', 'lint').stdout.trimEnd().split('\n')).toEqual([
        `mandoc: ${path}:2:2: WARNING: missing date, using "": TH`,
      ]);
    });

    test('shows every flag of every command, in no more than 80 columns', async () => {
      const overstruck = mandoc('-T', 'utf8').stdout;
      const page = overstruck.replaceAll(/.[\b]/g, '');
      for (const line of page.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
      for (const name of COMMAND_NAMES) {
        const { stdout } = await inqudHook([name, '--help']);
        const flags = stdout.match(/^ {2}(-\w, )?--[^ ]+( [<[][^>\]]+[>\]])?/gm) ?? [];
        const [, section = ''] = page.split(`\n   inqud-hook ${name} `);
        for (const flag of flags) {
          if (!flag.includes('--help')) expect(section).toContain(`\n       ${flag.trim()}`);
        }
      }
    });
  },
);
