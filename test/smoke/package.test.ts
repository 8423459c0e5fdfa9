import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatCapture } from '../../src/capture/own-format.js';
import { createSigner } from '../../src/webhook/digest.js';
import { eventNames } from '../../src/webhook/kinds/names.js';
import { DIGEST_HEADER } from '../../src/webhook/scheme.js';
import { Secret } from '../../src/webhook/secret.js';
import { correct } from '../receivers/recording.js';
import { BODIES } from '../webhook/bodies/statement.js';
import { sampleText } from '../webhook/sample-files.js';
import {
  buildPackAndInstall,
  type Ended,
  hasProgram,
  type Installed,
  type ProcessOptions,
  runProcess,
} from './installed.js';

const SECRET = 'hook-secret-4';
const LARGE_BYTES = 50 * 1024 * 1024;
const env = { INQUD_HOOK_SECRET: SECRET };
const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

let installed: Installed;

beforeAll(async () => {
  installed = await buildPackAndInstall();
});

afterAll(() => installed.remove());

function inqudHook(words: string, options?: ProcessOptions): Promise<Ended> {
  return runProcess(installed.command, words.split(' '), options);
}

/** A command line of bash in which `inqud-hook` is the installed command. */
function bash(line: string, options?: ProcessOptions): Promise<Ended> {
  const script = `inqud-hook() { "${installed.command}" "$@"; }\n${line}`;
  return runProcess('bash', ['-c', script], options);
}

test('the program runs in a folder that is gone', async () => {
  const gone = 'cd "$(mktemp -d)" && rmdir "$PWD"';
  const ran = await bash(`${gone} && inqud-hook --version && inqud-hook send --help`, { env });
  expect(ran.stderr).toBe('');
  expect(ran.stdout).toContain(version);
  expect(ran.stdout).toContain('Usage: inqud-hook send');
});

describe('the package', () => {
  test('holds what a user needs and nothing else', () => {
    const parts = new Set(installed.files.map((path) => path.split('/')[0]));
    expect([...parts].sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin',
      'dist',
      'fixtures',
      'man',
      'package.json',
    ]);
    const folders = installed.files.filter((path) => path.startsWith('dist/'));
    expect([...new Set(folders.map((path) => path.split('/')[1]))].sort()).toEqual([
      'cli',
      'lib',
      'types',
    ]);
    expect(installed.files.filter((path) => /\.(test|map|tsbuildinfo)\b/.test(path))).toEqual([]);
  });

  test('says whose code is bundled, and under which licence', () => {
    const notices = readFileSync(installed.at('dist/cli/THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of ['chalk', 'commander', 'lossless-json', 'ora', 'undici', 'valibot']) {
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)$`, 'm'));
    }
  });

  test('is a library, too', async () => {
    const file = join(installed.folder, 'try.mjs');
    writeFileSync(
      file,
      "import { sign } from 'inqud-hook';\n" +
        `process.stdout.write(sign('{"field":"value"}', 'secret_value'));\n`,
    );
    expect(await runProcess('node', [file])).toEqual({
      exitCode: 0,
      stdout: '7e36242a10fd65cbaacd7ff288df9fd3f9e75a46',
      stderr: '',
    });
  });

  test('has the sample events, their schemas and the digest vectors where the docs say', async () => {
    const file = join(installed.folder, 'fixtures.mjs');
    const names = [
      'signatures/vectors.json',
      'events/checkout/success.json',
      'schemas/checkout.json',
    ];
    const urls = names.map((name) => `import.meta.resolve('inqud-hook/fixtures/${name}')`);
    writeFileSync(file, `process.stdout.write(${urls.join(' + ')});\n`);
    const { stdout } = await runProcess('node', [file]);
    for (const url of stdout.match(/file:.+?\.json/g) ?? []) {
      expect(existsSync(new URL(url))).toBe(true);
    }
    expect(stdout.match(/file:/g)).toHaveLength(3);
  });
});

describe('the installed command', () => {
  test('knows its version', async () => {
    expect(await inqudHook('--version')).toEqual({
      exitCode: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  test('sends', async () => {
    const receiver = await correct(SECRET);
    const ran = await inqudHook(`send ${receiver.url}`, { env });
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toContain('✓ 200 in ');
  });

  test('verifies', async () => {
    const words = 'verify - --digest 7e36242a10fd65cbaacd7ff288df9fd3f9e75a46';
    const options = { env: { INQUD_HOOK_SECRET: 'secret_value' }, stdin: '{"field":"value"}' };
    expect(await inqudHook(words, options)).toEqual({
      exitCode: 0,
      stdout: '✓ genuine   standard input  17 bytes\n✓ 1 genuine of 1.\n',
      stderr: '',
    });
  });

  test('verifies a file so large that it starts threads', async () => {
    const body = Buffer.from(JSON.stringify({ note: 'x'.repeat(600_000) }));
    const headers = [[DIGEST_HEADER, createSigner(Secret.fromText(SECRET))(body)] as const];
    const capture = formatCapture({
      at: '2026-01-01T00:00:00.000Z',
      remote: '127.0.0.1:51234',
      method: 'POST',
      path: '/',
      headers,
      body,
    });
    const line = `${capture}\n`;
    const file = join(installed.folder, 'large.ndjson');
    const lines = Math.ceil(LARGE_BYTES / line.length);
    writeFileSync(file, line.repeat(lines));
    const ran = await inqudHook(`verify ${file}`, { env });
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toContain(`✓ ${lines} genuine of ${lines}.\n`);
  });

  test('simulates retries, and says by its exit code what came of it', async () => {
    const flaky = await inqudHook('simulate-retries --receiver flaky:1');
    expect(flaky).toMatchObject({ exitCode: 0, stderr: '' });
    expect(flaky.stdout).toContain('✓ 4 of 4 events delivered in ');
    const lost = await inqudHook('simulate-retries --receiver status:500 --retries 0');
    expect(lost).toMatchObject({ exitCode: 1, stderr: '' });
  });

  test('ends quietly when the reader of its output has enough', async () => {
    const line = 'inqud-hook simulate-retries --receiver healthy --resources 2000 | head -1';
    expect(await bash(line)).toEqual({
      exitCode: 0,
      stdout: 'Simulating 8,000 events of 2,000 resources\n',
      stderr: '',
    });
  });

  test
    .runIf(existsSync('/dev/full'))
    .each([
      'events',
      'send 1',
      'simulate-retries --receiver healthy --resources 200',
      'simulate-retries --receiver healthy --resources 200 --format json',
    ])('says that the disk is full, and is exit 2: %s', async (words) => {
    expect(await bash(`inqud-hook ${words} > /dev/full`)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: '✗ Standard output cannot be written: no space is left on the device.\n',
    });
  });

  test('says so too when only the end of a report does not fit', async () => {
    const file = join(installed.folder, 'cut-short.json');
    expect(await bash(`ulimit -f 1; inqud-hook events --format json > ${file}`)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/^✗ Standard output cannot be written: .*file too large.*\n$/),
    });
  });
});

describe('Ctrl-C', () => {
  test('on a long run prints what is known so far, and is exit 130', async () => {
    const words = 'simulate-retries --receiver healthy --real-time';
    const ran = await inqudHook(words, { interruptAfter: 'delivered' });
    expect(ran).toMatchObject({ exitCode: 130, stderr: '' });
    expect(ran.stdout).toContain('\n! Interrupted: 1 of 4 delivered, 3 not settled.\n');
    expect(ran.stdout).toMatch(/\nreproduce: inqud-hook simulate-retries .*--seed \d+\n$/);
  });

  test('ends the wait for standard input', async () => {
    const options = { env, stdin: 'stays open', interruptAfter: 'ready' } as const;
    const ran = await inqudHook('verify - --format ndjson', options);
    expect(ran).toMatchObject({ exitCode: 130, stderr: '' });
    expect(ran.stdout).toContain('"exitCode":130');
  });
});

describe('colour', () => {
  const words = 'simulate-retries --receiver healthy --seed 1';

  test.each([
    ['none in a pipe', {}, false],
    ['some in a pipe with FORCE_COLOR', { FORCE_COLOR: '1' }, true],
    ['none with FORCE_COLOR=0', { FORCE_COLOR: '0' }, false],
    ['none with NO_COLOR, whatever FORCE_COLOR says', { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ])('there is %s', async (_what, variables, isColoured) => {
    const { stdout } = await inqudHook(words, { env: variables });
    expect(stdout.includes('\u001b[')).toBe(isColoured);
  });

  describe.runIf(hasProgram('script'))('on a terminal', () => {
    const onTerminal = (line: string, variables = {}) =>
      runProcess('script', ['-qec', line, '/dev/null'], { env: variables });

    test.each([
      ['there is some', '', {}, true],
      ['there is none with --no-color', '--no-color', {}, false],
      ['there is none with NO_COLOR', '', { NO_COLOR: '1' }, false],
      ['there is none where the terminal is dumb', '', { TERM: 'dumb' }, false],
    ])('%s', async (_what, flag, variables, isColoured) => {
      const { stdout } = await onTerminal(`${installed.command} ${words} ${flag}`, variables);
      expect(stdout).toContain('4 of 4 events delivered');
      expect(stdout.includes('\u001b[3')).toBe(isColoured);
    });

    test('the same is said with and without', async () => {
      const line = `${installed.command} events`;
      const coloured = await onTerminal(line);
      const plain = await onTerminal(line, { NO_COLOR: '1' });
      expect(stripVTControlCharacters(coloured.stdout)).toBe(plain.stdout);
    });

    const slowRun = () =>
      `${installed.command} ${words} --time-scale 1m=80ms > ${join(installed.folder, 'report')}`;

    test('a run whose report goes elsewhere shows how far it is', async () => {
      const { exitCode, stdout } = await onTerminal(`stty columns 80; ${slowRun()}`);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/\d of 4 events settled, plan time 0:0\d:00/);
    });

    test('a terminal that does not know its width is left alone', async () => {
      const { exitCode, stdout } = await onTerminal(`stty columns 0; ${slowRun()}`);
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    });
  });
});

describe('nothing heavy is loaded', () => {
  /** Texts that are in the code of a package, whatever a minifier does. */
  const MARKS = {
    commander: 'commander.executeSubCommandAsync',
    undici: 'UND_ERR_',
    chalk: 'bgRedBright',
    ora: 'bouncingBar',
  };

  /** The packages in the files that a command line loads. */
  const loadedBy = async (words: string, options?: ProcessOptions) => {
    const trace = join(installed.folder, 'trace.json');
    const preload = join(installed.folder, 'preload.cjs');
    writeFileSync(
      preload,
      "process.on('exit', () => require('node:fs').writeFileSync(" +
        `${JSON.stringify(trace)}, JSON.stringify(Object.keys(require.cache))));\n`,
    );
    const main = installed.at('dist/cli/main.cjs');
    await runProcess('node', ['--require', preload, main, ...words.split(' ')], options);
    const files: readonly string[] = JSON.parse(readFileSync(trace, 'utf8'));
    expect(files.some((file) => file.endsWith('main.cjs'))).toBe(true);
    const code = files.map((file) => readFileSync(file, 'utf8')).join('');
    return Object.entries(MARKS)
      .filter(([, mark]) => code.includes(mark))
      .map(([name]) => name);
  };

  test('by --version', async () => {
    expect(await loadedBy('--version')).toEqual([]);
  });

  test('by verify', async () => {
    const stdin = '{"field":"value"}';
    expect(await loadedBy('verify - --digest abc', { env, stdin })).toEqual([]);
  });

  test.each(['--help', 'send --help', 'simulate-retries --help', 'verify --help', 'events'])(
    'but commander by %s',
    async (words) => {
      expect(await loadedBy(words)).toEqual(['commander']);
    },
  );

  test('but what is needed is: undici to send, colours for a terminal', async () => {
    expect(await loadedBy('send 1')).toEqual(['commander', 'undici']);
    expect(await loadedBy('events', { env: { FORCE_COLOR: '1' } })).toEqual(['commander', 'chalk']);
  });
});

const TSC = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

function compile(name: string, ...files: readonly string[]): Promise<Ended> {
  return runProcess(
    'node',
    [
      ...[TSC, '--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--types', ''],
      ...['--module', 'nodenext', '--moduleResolution', 'nodenext', name, ...files],
    ],
    { cwd: installed.folder },
  );
}

function write(name: string, text: string): void {
  writeFileSync(join(installed.folder, name), text);
}

describe('the bodies have types', () => {
  const typeOf = new Map(BODIES.map(({ kind, type }) => [kind.kind, type]));
  const head = `import type { ${[...typeOf.values()].join(', ')} } from 'inqud-hook';\n`;

  test('which every sample event keeps to, to the last field', async () => {
    const samples = eventNames().map(
      ({ text, kind }, index) =>
        `export const sample${index}: ${typeOf.get(kind.kind)} = ${sampleText(text)};\n`,
    );
    write('samples.mts', head + samples.join(''));
    expect(await compile('samples.mts')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('and a wrong status, a wrong type or a null that is never there does not', async () => {
    const wrong = [
      "export const status: Checkout = { id: 'CCO-1', status: 'PAID' };",
      "export const amount: Invoice['amount'] = '29.99';",
      "export const id: Payment['id'] = null;",
      'export const known = (payment: Payment) => payment.deposit;',
    ];
    write('wrong.mts', `${head}${wrong.join('\n')}\n`);
    const { stdout } = await compile('wrong.mts');
    expect(stdout.match(/^wrong\.mts\(\d+/gm)).toEqual(
      wrong.map((_, index) => `wrong.mts(${index + 2}`),
    );
  });
});

describe('the matcher has types', () => {
  const AJV = fileURLToPath(new URL('../../node_modules/ajv', import.meta.url));
  const VITEST = fileURLToPath(new URL('../../node_modules/vitest', import.meta.url));

  test('for Vitest', async () => {
    symlinkSync(VITEST, join(installed.folder, 'node_modules/vitest'));
    const test = "import { expect } from 'vitest';\nexpect({}).toBeReadyForInqud();\n";
    write('without.mts', test);
    write('with.mts', `import 'inqud-hook/vitest';\n${test}expect({}).not.toBeReadyForInqud();\n`);
    expect((await compile('without.mts')).stdout).toContain('TS2339');
    expect(await compile('with.mts')).toMatchObject({ exitCode: 0, stdout: '' });
  });

  test('which the examples of docs/library.md keep to', async () => {
    const page = readFileSync(new URL('../../docs/library.md', import.meta.url), 'utf8');
    const examples = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code);
    const names = examples.map((code, index) => {
      const expecting = code.includes("from 'vitest'") ? '' : "import { expect } from 'vitest';\n";
      write(`example-${index}.mts`, expecting + code);
      return `example-${index}.mts`;
    });
    write('orders.d.ts', 'declare const orders: { find(id?: string): Promise<unknown> };\n');
    expect(names).toHaveLength(4);
    symlinkSync(AJV, join(installed.folder, 'node_modules/ajv'));
    const [first = '', ...others] = names;
    expect(await compile(first, ...others, 'orders.d.ts')).toMatchObject({
      exitCode: 0,
      stdout: '',
    });
  });

  test('for Jest, whose globals are declared like this', async () => {
    write(
      'jest-globals.d.ts',
      'declare namespace jest { interface Matchers<R> { toBe(value: unknown): R } }\n' +
        'declare function expect(value: unknown): jest.Matchers<void>;\n',
    );
    write('with-jest.mts', "import 'inqud-hook/jest';\nexpect({}).toBeReadyForInqud();\n");
    expect(await compile('with-jest.mts', 'jest-globals.d.ts')).toMatchObject({
      exitCode: 0,
      stdout: '',
    });
  });

  test('and is added where the global `expect` is', async () => {
    write(
      'jest-run.mjs',
      'const added = [];\nglobalThis.expect = Object.assign(() => {}, { extend: (m) => added.push(...Object.keys(m)) });\n' +
        "await import('inqud-hook/jest');\nconsole.log(added.join());\n",
    );
    const ran = await runProcess('node', ['jest-run.mjs'], { cwd: installed.folder });
    expect(ran.stdout).toBe('toBeReadyForInqud\n');
  });
});
