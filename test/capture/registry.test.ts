import { describe, expect, it } from 'vitest';
import { CAPTURE_FORMATS, formatsText, READERS } from '../../src/capture/registry.js';
import { inqudHook } from '../world.js';

describe('the registry of readers', () => {
  it('names every format once, and says in a few words what it is', () => {
    expect(new Set(CAPTURE_FORMATS).size).toBe(READERS.length);
    for (const { about } of READERS) expect(about.length).toBeLessThanOrEqual(23);
  });

  it.each(['verify', 'replay'])('is what %s takes for --from', async (command) => {
    const { stdout } = await inqudHook([command, '--help']);
    const choices = CAPTURE_FORMATS.map((name) => `"${name}"`).join(', ');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`(choices: ${choices})`);
  });

  it('is what the help of verify lists', async () => {
    const { stdout } = await inqudHook(['verify', '--help']);
    expect(stdout).toContain(`\n${formatsText()}\n`);
    for (const { name, about } of READERS) {
      expect(formatsText()).toMatch(
        new RegExp(`(?:^|  )${name} +${about.replace('.', '\\.')}(?:$|  )`, 'm'),
      );
    }
  });
});
