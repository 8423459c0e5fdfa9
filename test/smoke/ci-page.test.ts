import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { freePort } from '../free-port.js';
import { readAction, runAction } from './action-runner.js';
import { checkOut, ROOT } from './checkout.js';
import { endGroup, type RanStep, runJob } from './ci-job.js';

const PAGE = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const SECRET = 'hook-secret-7';
const ALL_RIGHT = 'rules checked: all right.';
const action = readAction(join(ROOT, 'action.yml'));
const folder = mkdtempSync(join(tmpdir(), 'inqud-hook-ci-page-'));
/** What the jobs clone, where they clone it to, and where npm puts commands. */
const repository = join(folder, 'repository');
const clone = join(folder, 'inqud-hook');
const prefix = join(folder, 'prefix');
let gitlab: readonly RanStep[];

beforeAll(async () => {
  checkOut(repository);
  const git = (...words: readonly string[]) => execFileSync('git', words, { cwd: repository });
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '--quiet', '-m', 'All');
  gitlab = await runScript(snippet('GitLab', 'yaml').webhooks.script);
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true }));

/** The job under a heading, as data. */
function snippet(heading: string, language: 'yaml') {
  return parse(sourceOf(heading, language));
}

function sourceOf(heading: string, language: string): string {
  const section = PAGE.slice(PAGE.indexOf(`\n## ${heading}\n`));
  return new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(section)?.[1] ?? '';
}

/** Runs the lines of a job in one shell, in a folder with the receiver of README.md. */
async function runScript(lines: readonly string[]): Promise<readonly RanStep[]> {
  const port = await freePort();
  return runJob([lines.join('\n')], {
    files: { 'receiver.mjs': receiverOn(port) },
    env: {
      INQUD_HOOK_SECRET: SECRET,
      INQUD_HOOK_REPOSITORY: `file://${repository}`,
      npm_config_prefix: prefix,
      npm_config_prefer_offline: 'true',
      PATH: `${join(prefix, 'bin')}:${process.env['PATH']}`,
    },
    adapted: (run) =>
      run.replaceAll(/\/tmp\/inqud-hook(?![\w-])/g, clone).replaceAll('3000/', `${port}/`),
  });
}

function receiverOn(port: number): string {
  const [, code = ''] = /`receiver\.mjs`.*?^```js\n(.*?)^```/ms.exec(README) ?? [];
  return code.replaceAll('3000', String(port));
}

/** Where an earlier job has cloned and installed it. */
function withoutInstalling(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => !/^(?:git clone|npm) /.test(line));
}

test('the job for GitLab passes, from the clone of the repository on', () => {
  const [step] = gitlab;
  expect(step?.said).toContain(ALL_RIGHT);
  expect(step?.exitCode).toBe(0);
});

test('the artifacts of the job for GitLab are the files that it writes', () => {
  const { script, artifacts } = snippet('GitLab', 'yaml').webhooks;
  const written = [...script.join(' ').matchAll(/--report (\w+)=(\S+)/g)];
  const files = Object.fromEntries(written.map(([, format, file]) => [format, file]));
  expect(artifacts.reports).toEqual({ codequality: files['gitlab'], junit: files['junit'] });
  expect(artifacts.paths).toEqual([files['html']]);
});

test('the job for Bitbucket passes', async () => {
  const [{ step }] = snippet('Bitbucket', 'yaml').pipelines.default;
  const lines: readonly string[] = step.script;
  const install = lines.filter((line) => !withoutInstalling(lines).includes(line));
  expect(snippet('GitLab', 'yaml').webhooks.script.slice(0, install.length)).toEqual(install);
  const [ran] = await runScript(withoutInstalling(lines));
  expect(ran?.said).toContain(ALL_RIGHT);
  expect(ran?.exitCode).toBe(0);
});

test('the job for Jenkins passes', async () => {
  const [, script = ''] = /sh '''\n(.*?)'''/s.exec(sourceOf('Jenkins', 'groovy')) ?? [];
  const [ran] = await runScript([`ln -s '${clone}' inqud-hook`, script]);
  expect(ran?.said).toContain(ALL_RIGHT);
  expect(ran?.exitCode).toBe(0);
});

test('the job for GitHub Actions passes from its first step to its last', async () => {
  const { env, steps } = snippet('GitHub Actions', 'yaml').jobs.webhooks;
  expect(Object.keys(env)).toEqual(['INQUD_HOOK_SECRET']);
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace);
  const port = await freePort();
  writeFileSync(join(workspace, 'receiver.mjs'), receiverOn(port));
  const background: number[] = [];
  const uses: string[] = [];
  try {
    for (const step of steps) {
      uses.push(step.uses);
      if (step.uses === 'actions/checkout@v6') continue;
      const ran = await runAction(action, {
        checkout: clone,
        workspace,
        inputs: { ...step.with, url: step.with.url.replace('3000', port) },
        env: { INQUD_HOOK_SECRET: SECRET },
        background,
        isCached: true,
      });
      expect(ran.log).toMatch(/rules checked: all right|events delivered/);
      expect(ran.exitCode).toBe(0);
    }
  } finally {
    background.forEach(endGroup);
  }
  const ours = 'OWNER/inqud-hook@v1';
  expect(uses).toEqual(['actions/checkout@v6', ours, ours]);
});

test('the page names every input of the action', () => {
  const named = [...PAGE.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(action.inputs));
});
