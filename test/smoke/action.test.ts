import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../free-port.js';
import missingPasses from '../receivers/broken/missing-passes.js';
import { createRecipe, nodeReceiver } from '../receivers/node-receiver.js';
import { type RanAction, readAction, runAction } from './action-runner.js';
import { checkOut, ROOT } from './checkout.js';

const SECRET = `it's "the" $(secret)`;
/** The first versions that run on the Node that runners have kept. */
const RUN_ON_NODE_24 = ['actions/cache@v5', 'actions/upload-artifact@v6'];

const action = readAction(join(ROOT, 'action.yml'));
const folder = mkdtempSync(join(tmpdir(), 'inqud-hook-action-'));
const checkout = join(folder, 'checkout');
const workspace = join(folder, 'workspace');
let first: RanAction;

beforeAll(async () => {
  checkOut(checkout);
  mkdirSync(workspace);
  first = await run(await correct(), { isCached: false });
  // What the cache keeps has to be enough.
  rmSync(join(checkout, 'node_modules'), { recursive: true });
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true }));

/** Enough of a check to see that it is one. */
const BRIEFLY = ['--kind=checkout', '--rules=signature/*', '--seed=1'].join('\n');

async function run(
  inputs: Readonly<Record<string, string>>,
  {
    isCached = true,
    env = {},
  }: { readonly isCached?: boolean; readonly env?: Record<string, string> } = {},
): Promise<RanAction> {
  return runAction(action, {
    checkout,
    workspace,
    inputs: { args: BRIEFLY, ...inputs },
    env,
    isCached,
  });
}

async function correct(): Promise<Readonly<Record<string, string>>> {
  const receiver = await nodeReceiver(createRecipe)({ secret: SECRET });
  onEnd.push(() => receiver.close());
  return { url: receiver.url, 'state-url': receiver.stateUrl, secret: SECRET };
}

const onEnd: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of onEnd) await close();
});

describe('action.yml', () => {
  const scripts = action.runs.steps.filter((step) => step.run !== undefined);

  test('is a composite action, and says of each input what it is for', () => {
    expect(action.runs.using).toBe('composite');
    for (const input of Object.values(action.inputs)) {
      expect(input.description).toMatch(/\.$/);
      expect(typeof input.default).toBe('string');
    }
  });

  test('lets no input become a part of a script', () => {
    for (const step of scripts) {
      expect(step.run).not.toContain('${{');
      expect(step.shell).toBe('bash');
    }
  });

  test('uses every input, and no other', () => {
    const text = JSON.stringify(action.runs);
    const used = new Set([...text.matchAll(/\binputs\.([\w-]+)/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual(Object.keys(action.inputs).sort());
  });

  test('uses actions of versions that runners run', () => {
    const used = action.runs.steps.flatMap(({ uses = [] }) => uses);
    expect(used).toEqual(RUN_ON_NODE_24);
  });
});

describe('the action', () => {
  test('installs and builds once, and keeps that under a hash of the source', async () => {
    expect(first.log).toContain('added ');
    expect(first.exitCode).toBe(0);
    expect(first.steps).toContain('Install and build inqud-hook');
    expect(first.cache.key).toMatch(/^inqud-hook-[0-9a-f]{64}$/);
    expect(existsSync(first.cache.path)).toBe(true);
    const again = await run(await correct());
    expect(again.steps).not.toContain('Install and build inqud-hook');
    expect(again).toMatchObject({ exitCode: 0, cache: first.cache });
  });

  test('gives a verdict, a summary, outputs and reports', () => {
    expect(first.log).toContain('rules checked: all right.');
    expect(first.summary).toMatch(/^## ✅ inqud-hook check/);
    expect(first.outputs['exit-code']).toBe('0');
    expect(first.uploaded?.name).toBe('inqud-hook-webhooks-0');
    const [html, junit] = [...(first.uploaded?.files.values() ?? [])];
    expect(html).toMatch(/^<!doctype html>/i);
    expect(junit).toContain('<testsuites name="inqud-hook check"');
    expect(first.log).not.toContain(SECRET);
  });

  test('fails with a receiver that is broken, annotates, and uploads what it found', async () => {
    const receiver = await missingPasses.start({ secret: SECRET });
    onTestFinished(() => receiver.close());
    const ran = await run({ url: receiver.url, 'state-url': receiver.stateUrl, secret: SECRET });
    expect(ran.exitCode).toBe(1);
    expect(ran.outputs['exit-code']).toBe('1');
    expect(ran.log).toContain('::error title=signature/missing-refused::');
    expect(ran.summary).toContain('### signature/missing-refused (must)');
    expect([...(ran.uploaded?.files.values() ?? [])][1]).toContain('<failure type="must"');
  });

  test('writes the reports that are asked for, and accepts what the baseline does', async () => {
    const receiver = await missingPasses.start({ secret: SECRET });
    onTestFinished(() => receiver.close());
    const config = { check: { url: receiver.url, blackBox: true, kind: ['checkout'] } };
    writeFileSync(join(workspace, 'our config.json'), JSON.stringify(config));
    writeFileSync(
      join(workspace, 'known.json'),
      JSON.stringify({ schemaVersion: 1, accepted: ['signature/missing-refused'] }),
    );
    const inputs = {
      config: 'our config.json',
      report: 'gitlab=out/quality.json\nctrf=out/ctrf.json\n',
      args: '--rules=signature/missing-refused',
      artifact: 'none',
      secret: SECRET,
    };
    expect(await run({ ...inputs, baseline: 'known.json' })).toMatchObject({ exitCode: 0 });
    const ran = await run(inputs);
    expect(ran).toMatchObject({ exitCode: 1, uploaded: undefined });
    const paths = [join(workspace, 'out/quality.json'), join(workspace, 'out/ctrf.json')];
    expect(ran.outputs['reports']?.trim().split('\n')).toEqual(paths);
    for (const path of paths) expect(() => JSON.parse(readFileSync(path, 'utf8'))).not.toThrow();
  });

  test('starts the receiver, waits for it, and gives it the secret', async () => {
    const port = String(await freePort());
    const program = join(ROOT, 'test/receivers/serve.ts');
    const ran = await run({
      start: `cd '${ROOT}' && exec node --import tsx '${program}' node --port ${port}`,
      url: `${port}/webhooks/inqud`,
      secret: SECRET,
      args: `${BRIEFLY}\n--black-box`,
      'wait-for': '60s',
    });
    expect(ran.log).toContain('rules checked: all right.');
    expect(ran.exitCode).toBe(0);
  });

  test('shows what a receiver wrote that does not come up, and obeys none of it', async () => {
    const port = String(await freePort());
    const ran = await run({
      start: "echo '::error::INJECTED'; echo 'no database' >&2; exit 1",
      url: port,
      secret: SECRET,
      'wait-for': '1s',
    });
    expect(ran).toMatchObject({ exitCode: 3, outputs: { reports: '' }, uploaded: undefined });
    expect(ran.log).toContain('no database');
    expect(ran.log).toMatch(
      /::stop-commands::(end-\d+)\n[\s\S]*INJECTED[\s\S]*\n::\1::\n::endgroup::/,
    );
  });

  test('carries out another command, and takes the secret of the job', async () => {
    const { url = '' } = await correct();
    const env = { INQUD_HOOK_SECRET: SECRET };
    const args = '--event=checkout.success\n--tamper=missing';
    const ran = await run({ command: 'send', url, args }, { env });
    expect(ran).toMatchObject({ exitCode: 0, outputs: { 'exit-code': '0', reports: '' } });
    expect(ran.log).toContain('tampered: missing');
    expect(ran.uploaded).toBeUndefined();
  });

  test('says which Node it needs', async () => {
    const old = join(folder, 'old');
    mkdirSync(old);
    writeFileSync(join(old, 'node'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const ran = await run({}, { env: { PATH: `${old}:${process.env['PATH']}` } });
    expect(ran.exitCode).toBe(2);
    expect(ran.log).toContain('It needs Node 20.19 or newer');
    expect(ran.steps).toEqual(['Look for inqud-hook']);
  });
});

test('no input is carried out by a shell, whatever is in it', async () => {
  const hostile = (name: string) =>
    `\${{ 1 }} $(touch ${name}) \`touch ${name}\` "; touch ${name}; ' ; touch ${name} #`;
  const names = Object.keys(action.inputs).filter(
    (name) => !['start', 'working-directory', 'artifact'].includes(name),
  );
  for (const name of names) {
    const ran = await run({ url: '1', secret: SECRET, 'wait-for': '1s', [name]: hostile('PWNED') });
    expect(ran.exitCode, name).not.toBe(0);
    expect(existsSync(join(workspace, 'PWNED')), name).toBe(false);
  }
});
