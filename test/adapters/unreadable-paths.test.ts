import { symlink } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { currentFolder } from '../../src/adapters/project-folder.js';
import { HookError } from '../../src/errors.js';
import { inqudHook, newFolder } from '../world.js';

const env = { INQUD_HOOK_SECRET: 'secret_value' };
const PASTED = 'eyJpZCI6IlBNVC0xIn0'.repeat(260);

describe('a path that leads nowhere is told in one sentence:', () => {
  const commands: readonly (readonly string[])[] = [
    ['verify'],
    ['verify', '--digest', '7e36242a10fd65cbaacd7ff288df9fd3f9e75a46'],
    ['replay', '--dry-run'],
  ];

  test.each(commands.map((command) => ({ command })))('$command', async ({ command }) => {
    const folder = await newFolder();
    const file = await folder.write('table.csv', 'a,b\n');
    const circle = `${folder.path}/circle`;
    await symlink(circle, circle);
    for (const [path, why, hint] of [
      [`${file}/x`, 'a part of the path is not a folder', 'Check the path.'],
      [circle, 'its symbolic links lead in a circle', 'Check the path.'],
      [PASTED, 'the path is too long', 'pipe the text in'],
    ] as const) {
      const ran = await inqudHook([...command, path], { env });
      expect(ran.exitCode).toBe(2);
      const said = ran.stderr.replaceAll(/\s+/g, ' ');
      expect(said).toContain(`cannot be read: ${why}.`);
      expect(said).toContain(hint);
      expect(said.length).toBeLessThan(600);
      expect(said).not.toContain('This is a bug');
    }
  });

  test('one of several does not keep the others from being judged', async () => {
    const folder = await newFolder();
    const file = await folder.write('table.csv', 'a,b\n');
    const ran = await inqudHook(['verify', `${file}/x`, `${file}/y`], { env });
    expect(ran.exitCode).toBe(2);
    expect(ran.stdout).toContain('2 malformed of 2.');
  });
});

test('a folder that is gone is told in one sentence', () => {
  const gone = () => {
    throw new Error('ENOENT: uv_cwd');
  };
  expect(() => currentFolder(gone)).toThrow(HookError);
});
