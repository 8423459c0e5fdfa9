import { Command } from 'commander';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainWords } from '../../src/cli/plain-words.js';
import { VERIFY_FLAGS } from '../../src/cli/verify/flags.js';
import { withFlags } from '../../src/cli/with-flags.js';
import { inqudHook } from '../world.js';

/** What commander makes of the words behind `verify`; undefined for what it refuses or answers itself. */
async function byCommander(words: readonly string[]): Promise<unknown> {
  let read: unknown;
  const program = new Command('inqud-hook')
    .version('1.0.0', '-v, --version')
    .option('--no-color')
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  const verify = program.command('verify').argument('<files...>');
  withFlags(verify, VERIFY_FLAGS).action((operands, flags) => {
    read = { operands, flags };
  });
  await program.parseAsync(['verify', ...words], { from: 'user' }).catch(() => undefined);
  return read;
}

const WORD = fc.constantFrom(
  ...['--digest', '--from', '--body-field', '--allow-unsigned', '--format', '--secret'],
  ...['--secret-env', '--also-secret', '--fromm', '--digest=abc', '--', '-', '-v', '--help'],
  ...['--no-color', '-x', '', 'help', 'verify', 'a.json', 'ndjson', 'har', 'json', 'pretty', 'abc'],
  ...['-1', '--secret abc', 'toString', '--allow-unsigned=yes'],
);

describe('words that are read without commander', () => {
  test('say what commander reads in them', async () => {
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(WORD, { maxLength: 6 }), async (words) => {
        const read = plainWords(VERIFY_FLAGS, words);
        if (read === undefined || read.operands.length === 0) return;
        plain += 1;
        expect(read).toEqual(await byCommander(words));
      }),
      { numRuns: 2_000 },
    );
    expect(plain).toBeGreaterThan(100);
  });

  test.each([
    ['--digest=abc', 'a.json'],
    ['a.json', '--digest'],
    ['a.json', '--digest', '--allow-unsigned'],
    ['a.json', '--format', 'xml'],
    ['a.json', '--fromat', 'har'],
    ['a.json', '--', '-b'],
    ['--help'],
    ['a.json', '--no-color'],
  ])('are not %s %s %s', (...words) => {
    expect(plainWords(VERIFY_FLAGS, words)).toBeUndefined();
  });
});

test('a mistake in the words of verify is explained as for every command', async () => {
  const { exitCode, stderr } = await inqudHook(['verify', 'a.json', '--digset', 'abc']);
  expect(exitCode).toBe(2);
  expect(stderr).toBe('✗ verify has no flag --digset.\n  Did you mean --digest?\n');
});
