import { describe, expect, test } from 'vitest';
import { formatCapture } from '../../src/capture/own-format.js';
import { fitted } from '../../src/report/fit.js';
import { recording } from '../receivers/recording.js';
import { inqudHook, newFolder } from '../world.js';

const env = { INQUD_HOOK_SECRET: 'hook-secret', NO_COLOR: '1' };
const WIDTHS = [40, 60, 79];
/** What stays in one line, however long it is: commands that are copied. */
const COMMAND = /inqud-hook [a-z-]/;

async function inTerminal(argv: readonly string[], columns: number | undefined) {
  const terminal =
    columns === undefined ? {} : { terminals: ['stdout', 'stderr'] as const, columns };
  const { stdout, stderr } = await inqudHook(argv, { env, ...terminal });
  return { stdout, text: stdout + stderr };
}

/** Lines that the terminal would break in the middle of a word that would have fitted. */
function broken(text: string, columns: number): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line.length > columns && !COMMAND.test(line))
    .filter((line) => line.trim().split(' ').length > 1);
}

/** All words in their order, without times and ports, which are others each time. */
function wordsOf(text: string): string {
  return text
    .replace(/\d+(?:\.\d+)? ms/g, 'N ms')
    .replace(/127\.0\.0\.1:\d+/g, 'HOST')
    .replace(/\s+/g, ' ');
}

async function commands(): Promise<Readonly<Record<string, readonly string[]>>> {
  const folder = await newFolder();
  const capture = {
    at: '2026-01-01T00:00:00.000Z',
    method: 'POST',
    path: '/',
    headers: [['X-Payload-Digest', '0'.repeat(40)]] as const,
    body: Buffer.from('{"id": "PMT-1"}'),
  };
  const file = await folder.write('captures.ndjson', `${formatCapture(capture)}\n`);
  const receiver = await recording(() => ({ status: 204 }));
  return {
    run: ['simulate-retries', '--seed', '7', '--receiver', 'flaky:2', '--lifecycle', 'payment'],
    lost: ['simulate-retries', receiver.url, '--retries', '1', '--seed', '7', '--chaos'],
    send: ['send', receiver.url, '--seed', '7'],
    verify: ['verify', file],
    replay: ['replay', file, receiver.url, '--retries', '0', '--seed', '7'],
    events: ['events'],
    mistake: ['send', '3000', '--count', 'none'],
    drawn: ['forecast', '--rate', file, '--outage', '1h', '--capacity', '1/s'],
    unknown: ['forecast', '--rate', '1/min', '--outage', '1m', '--secret', 'x'],
  };
}

/** What comes in another order each time, and what is drawn as wide as there is room. */
const DIFFERENT = ['lost', 'drawn'];

describe('in a narrow terminal', () => {
  test.each(WIDTHS)('of %i columns no word is broken, and none is left out', async (columns) => {
    for (const [name, argv] of Object.entries(await commands())) {
      const piped = await inTerminal(argv, undefined);
      const narrow = await inTerminal(argv, columns);
      expect([name, broken(narrow.text, columns)]).toEqual([name, []]);
      if (!DIFFERENT.includes(name)) {
        expect([name, wordsOf(narrow.text)]).toEqual([name, wordsOf(piped.text)]);
      }
    }
  });

  test.each(WIDTHS)('of %i columns a forecast is drawn as wide as that', async (columns) => {
    const argv = ['forecast', '--rate', '20/min', '--outage', '3h', '--capacity', '100/min'];
    const { stdout } = await inTerminal(argv, columns);
    expect(broken(stdout, columns)).toEqual([]);
    expect(stdout.split('\n').filter((line) => line.includes('┤'))).toHaveLength(6);
  });

  test.each(WIDTHS)('of %i columns every help fits', async (columns) => {
    const names = ['init', 'check', 'send', 'verify', 'simulate-retries', 'burst', 'forecast'];
    const others = ['replay', 'mock-api', 'listen', 'events', 'completion'];
    for (const name of ['', ...names, ...others]) {
      const { stdout } = await inTerminal([name, '--help'].filter(Boolean), columns);
      expect([name, broken(stdout, columns)]).toEqual([name, []]);
    }
  });

  test('lines are no shorter than 40 columns, and no longer than 80 in a wide one', async () => {
    const argv = ['send', '3000', '--body', 'x'];
    const [tiny, narrow, wide, piped] = await Promise.all(
      [12, 40, 200, undefined].map((columns) => inTerminal(argv, columns)),
    );
    expect(tiny).toEqual(narrow);
    expect(wide).toEqual(piped);
    expect(narrow).not.toEqual(piped);
  });

  test('what programs read, and what is to be copied, stays as it is', async () => {
    for (const argv of [
      ['simulate-retries', '--dry-run', '--seed', '1'],
      ['events', 'checkout.success', '--format', 'json'],
      ['send', '3000', '--curl', '--seed', '1'],
      ['completion', 'bash'],
    ]) {
      expect(await inTerminal(argv, 40)).toEqual(await inTerminal(argv, undefined));
    }
  });
});

test('a line goes on behind its own indent, in its colours', () => {
  const width = { columns: 40 };
  const line = `  \u001b[31mone two three four five six seven\u001b[39m eight nine`;
  expect(fitted(`${line}\n\n`, width)).toBe(
    '  \u001b[31mone two three four five six seven\u001b[39m\n    eight nine\n\n',
  );
  expect(fitted('  reproduce: inqud-hook check 3000/webhooks --seed 7', width)).not.toContain('\n');
  expect(fitted(`  ${'x'.repeat(60)} y`, width)).toBe(`  ${'x'.repeat(60)}\n    y`);
});
