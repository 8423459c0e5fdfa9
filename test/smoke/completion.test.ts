import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

// Real shells on a terminal, in which somebody types Tab. `script` of util-linux is that terminal.

const BIN = fileURLToPath(new URL('../../bin/inqud-hook.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'completion-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'captures.ndjson'), '');
// It completes, and instead of anything else it notes what it was called with.
writeFileSync(
  join(folder, 'inqud-hook'),
  `#!/bin/sh\n[ "$1" = completion ] && exec "${process.execPath}" "${BIN}" "$@"\n` +
    'echo "$*" >> heard.txt\n',
);
chmodSync(join(folder, 'inqud-hook'), 0o755);

/** What is typed, and what the program hears. */
const LINES = [
  ['simu\t', 'simulate-retries'],
  ['check --black\t--kind check\t', 'check --black-box --kind checkout'],
  ['check --rules signature/raw\t', 'check --rules signature/raw-bytes'],
  ['simulate-retries --lifecycle checkout:exp\t', 'simulate-retries --lifecycle checkout:expired'],
  ['check --format=jun\t', 'check --format=junit'],
  ['check --report htm\tpage.html', 'check --report html=page.html'],
  ['verify cap\t', 'verify captures.ndjson'],
  ['events payment.ne\t', 'events payment.new'],
] as const;

const isOnPath = (program: string) =>
  (process.env['PATH'] ?? '').split(delimiter).some((at) => existsSync(join(at, program)));
const hasTerminal = process.platform === 'linux' && isOnPath('script');

function environment() {
  const PATH = [folder, process.env['PATH'] ?? ''].join(delimiter);
  return { ...process.env, PATH, HOME: folder, TERM: 'dumb' };
}

test.runIf(hasTerminal).each([
  ['bash', 'bash --norc -i', ['source <(inqud-hook completion bash)']],
  [
    'zsh',
    'zsh -f -i',
    ['autoload -Uz compinit; compinit -u -D', 'source <(inqud-hook completion zsh)'],
  ],
] as const)('%s completes what is typed', async (shell, command, setUp) => {
  if (!isOnPath(shell)) return;
  rmSync(join(folder, 'heard.txt'), { force: true });
  const lines = [...setUp, ...LINES.map(([typed]) => `inqud-hook ${typed}`), 'exit', ''];
  const terminal = spawn('script', ['-qec', command, '/dev/null'], {
    cwd: folder,
    env: environment(),
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  terminal.stdin.on('error', () => undefined).end(lines.join('\n'));
  await once(terminal, 'close');
  const heard = readFileSync(join(folder, 'heard.txt'), 'utf8').trimEnd().split('\n');
  expect(heard.map((line) => line.trimEnd())).toEqual(LINES.map(([, words]) => words));
});

test.runIf(isOnPath('fish'))('fish completes what is typed', () => {
  const wanted = LINES.filter(([typed]) => typed.endsWith('\t'));
  const asked = wanted.map(([typed]) => {
    const line = `inqud-hook ${typed.replace('--black\t', '--black-box ').trimEnd()}`;
    return `complete -C "${line}" | string split -f 1 \\t`;
  });
  const script = ['inqud-hook completion fish | source', ...asked, 'true'].join('\n');
  const said = execFileSync('fish', ['--no-config', '-c', script], {
    cwd: folder,
    env: environment(),
    encoding: 'utf8',
  });
  const last = wanted.map(([, words]) => words.split(' ').at(-1));
  expect(said.trimEnd().split('\n')).toEqual(last);
});

test.runIf(isOnPath('pwsh'))('PowerShell takes the script', () => {
  const script = 'inqud-hook completion powershell | Out-String | Invoke-Expression; "taken"';
  const said = execFileSync('pwsh', ['-NoProfile', '-Command', script], {
    cwd: folder,
    env: environment(),
    encoding: 'utf8',
  });
  expect(said.trim()).toBe('taken');
});
