import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { freePort } from '../free-port.js';
import { STACKS, type StackPage, stackPages } from '../stack-pages.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LIMIT_MS = 600_000;
/** What a receiver and its check print. */
const LOG = 'output.txt';
/** What `.ci/run` does not install. */
const NOT_RUN = ['java', 'laravel', 'nestjs'];
/** In memory where there is such a place: many SQLite files at once tell how fast a disk is. */
const home = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'stacks-'));

afterAll(() => rmSync(home, { recursive: true, force: true }));

for (const page of stackPages().filter(({ stack }) => !NOT_RUN.includes(stack))) {
  const title = `the receiver of docs/receivers/${page.stack}.md passes the check of its page`;
  test.concurrent(title, { timeout: LIMIT_MS }, async () => {
    const folder = copied(page);
    const [port, apiPort] = [await freePort(), await freePort()];
    const shell = (script: string) =>
      run(script.replaceAll('4000', `${port}`).replaceAll('8788', `${apiPort}`), folder, port);
    const receiver = shell(START[page.stack] ?? page.start);
    try {
      const report = '--wait-for 60s --report json=verdict.json';
      const check = shell(`${page.check.trimEnd()} ${report}`);
      const [exitCode] = await once(check, 'exit');
      const verdict = join(folder, 'verdict.json');
      if (!existsSync(verdict)) throw new Error(`No verdict. It said: ${saidIn(folder)}`);
      expect(accused(readFileSync(verdict, 'utf8'))).toEqual([]);
      expect(exitCode).toBe(0);
    } finally {
      await ended(receiver);
    }
  });
}

/** Next.js itself is not installed: its handlers are called without it. */
const START: Readonly<Record<string, string>> = {
  nextjs: `export INQUD_HOOK_SECRET=secret_value
    export INQUD_API_URL=http://127.0.0.1:8788 RECOVER_EVERY_SECONDS=1 NEXT_RUNTIME=nodejs
    export INQUD_API_TOKEN_ID=TKN-1 INQUD_API_TOKEN_SECRET=any
    node ${join(ROOT, 'test/interop/next-handlers.mjs')}`,
};

/** A folder with the code of a page, the packages of this project and the program. */
function copied({ stack }: StackPage): string {
  const folder = join(home, stack);
  cpSync(fileURLToPath(new URL(stack, STACKS)), folder, { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const program = join(folder, 'inqud-hook');
  writeFileSync(program, `#!/bin/sh\nexec node ${join(ROOT, 'bin/inqud-hook.js')} "$@"\n`);
  chmodSync(program, 0o755);
  return folder;
}

/** With Debian's own Python and Go, which have its packages. */
function run(script: string, folder: string, port: number): ChildProcess {
  const log = openSync(join(folder, LOG), 'a');
  const shell = spawn('bash', ['-c', script], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      PATH: [folder, dirname(process.execPath), '/usr/bin', process.env['PATH']].join(delimiter),
      PORT: `${port}`,
      GO111MODULE: 'off',
      GOPATH: `${folder}/go:/usr/share/gocode`,
      GOFLAGS: '-tags=libsqlite3',
      NO_COLOR: '1',
    },
  });
  closeSync(log);
  return shell;
}

/** The first of it names a package that is missing. */
function saidIn(folder: string): string {
  return readFileSync(join(folder, LOG), 'utf8').slice(0, 2_000);
}

function accused(verdict: string): readonly string[] {
  const { results }: { results: readonly { id: string; status: string; severity: string }[] } =
    JSON.parse(verdict);
  return results
    .filter(({ status, severity }) => status === 'fail' && severity !== 'advisory')
    .map(({ id }) => id);
}

/** With all that it has started. */
async function ended(receiver: ChildProcess): Promise<void> {
  const exit = receiver.exitCode === null ? once(receiver, 'exit') : undefined;
  if (exit !== undefined) process.kill(-(receiver.pid ?? 0), 'SIGTERM');
  await exit;
}
