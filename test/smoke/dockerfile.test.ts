import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from './checkout.js';
import { type Ended, runProcess } from './installed.js';

const DOCKERFILE = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
const INSTRUCTIONS = DOCKERFILE.split('\n').flatMap((line) => {
  const [, name = '', rest = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
  return name === '' ? [] : [{ name, words: rest.split(' '), rest }];
});
const PAGE = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'inqud-hook-image-'));
/** The root of each stage by its name; that of the last one is `image`. */
const at = (stage: string, path: string) => join(folder, stage, path);

beforeAll(async () => {
  await build();
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true }));

/** Carries out the steps as an engine would, with a folder in the place of each root. */
async function build(): Promise<void> {
  let stage = '';
  let workdir = '/';
  for (const { name, words, rest } of INSTRUCTIONS) {
    if (name === 'FROM') stage = words[2] ?? 'image';
    if (name === 'WORKDIR') {
      workdir = rest;
      mkdirSync(at(stage, workdir), { recursive: true });
    }
    if (name === 'COPY') copy(words, at(stage, workdir));
    if (name === 'RUN') {
      const env = { npm_config_prefer_offline: 'true' };
      const ran = await runProcess('sh', ['-c', rest], { cwd: at(stage, workdir), env });
      expect(ran.exitCode, ran.stderr).toBe(0);
    }
  }
}

/** A folder's content goes to the target; a file goes into a target that ends in a slash. */
function copy(words: readonly string[], into: string): void {
  const [, from] = /^--from=(.+)$/.exec(words[0] ?? '') ?? [];
  const paths = from === undefined ? words : words.slice(1);
  const target = paths.at(-1) ?? '';
  for (const source of paths.slice(0, -1)) {
    const path = from === undefined ? join(ROOT, source) : at(from, source);
    const name = target.endsWith('/') ? join(target, basename(source)) : target;
    cpSync(path, join(into, name), { recursive: true });
  }
}

function last(name: string): string {
  return INSTRUCTIONS.filter((one) => one.name === name).at(-1)?.rest ?? '';
}

function entryPoint(words: readonly string[]): Promise<Ended> {
  const [program = '', path = '']: readonly string[] = JSON.parse(last('ENTRYPOINT'));
  return runProcess(program, [at('image', path), ...words], {
    cwd: at('image', last('WORKDIR')),
    env: { INQUD_HOOK_SECRET: 'hook-secret-8' },
  });
}

describe('the Dockerfile', () => {
  test('has nothing that a linter complains about', () => {
    expect(validate(DOCKERFILE)).toEqual([]);
  });

  test('does not run as root, and runs nothing in its last stage', () => {
    expect(last('USER')).toBe('node');
    const lastFrom = INSTRUCTIONS.findLastIndex(({ name }) => name === 'FROM');
    const names = INSTRUCTIONS.slice(lastFrom).map(({ name }) => name);
    expect(names).not.toContain('RUN');
    expect(names.indexOf('USER')).toBeLessThan(names.indexOf('ENTRYPOINT'));
  });

  test('copies what .dockerignore lets through, and nothing else is let through', () => {
    const [, all, ...allowed] = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
      .trim()
      .split('\n');
    expect(all).toBe('*');
    const copied = INSTRUCTIONS.filter(
      ({ name, rest }) => name === 'COPY' && !/^--from/.test(rest),
    );
    const sources = copied.flatMap(({ words }) => words.slice(0, -1));
    expect(allowed).toEqual([...new Set(sources)].sort().map((source) => `!${source}`));
  });
});

describe('what the steps of the Dockerfile make', () => {
  test('starts, knows its version, and has its events', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(await entryPoint(['--version'])).toMatchObject({ exitCode: 0, stdout: `${version}\n` });
    expect((await entryPoint(['events'])).stdout).toContain('checkout.success');
    expect((await entryPoint(JSON.parse(last('CMD')))).exitCode).toBe(0);
  });

  test('takes the command line that docs/ci.md types', async () => {
    const [, line = ''] = /^docker run .* inqud-hook (check .*)$/m.exec(PAGE) ?? [];
    const words = line.replace('3000', '1').split(' ');
    const ran = await entryPoint([...words, '--wait-for', '1ms']);
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toContain('Nothing took connections');
  });
});
