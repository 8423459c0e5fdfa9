import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { projectFolder } from '../../src/adapters/project-folder.js';
import { MemoryServer } from '../memory-server.js';
import { memoryFolder } from '../project/memory-folder.js';
import { inqudHook, newFolder, type WorldOptions } from '../world.js';

const SHOP = {
  'package.json': '{"scripts":{"start":"node server.js"},"dependencies":{"express":"5"}}',
  'server.js': "app.post('/webhooks/inqud', handle);",
  '.env': 'INQUD_WEBHOOK_SECRET=whsec_of_the_shop\n',
};
const CONFIG = 'inqud-hook.config.json';
const WORKFLOW = '.github/workflows/inqud-hook.yml';
const TERMINAL = ['stdin', 'stdout', 'stderr'] as const;

async function init(flags: readonly string[], options: WorldOptions) {
  return inqudHook(['init', ...flags], options);
}

test('init --yes writes the configuration and the workflow, and says what to type', async () => {
  const project = memoryFolder(SHOP);
  const ran = await init(['--yes'], { project, listening: [{ port: 3000, on: ['127.0.0.1'] }] });
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  expect(ran.stdout).toBe(
    'INIT\n' +
      '  project  Express (package.json)\n' +
      '  port     3000 (it listens)\n' +
      '  path     /webhooks/inqud (server.js)\n' +
      '  secret   INQUD_WEBHOOK_SECRET (.env)\n' +
      '\n' +
      `✓ ${CONFIG} is written.\n` +
      `✓ ${WORKFLOW} is written.\n` +
      'Then type: node --env-file=.env "$(command -v inqud-hook)" check\n' +
      '\n' +
      'It judges by the answers alone, and sees nothing of money that is counted twice\n' +
      'or lost. Where your receiver shows an order, name that URL in the configuration,\n' +
      'in place of "blackBox":\n' +
      '  "stateUrl": "http://localhost:3000/orders/{clientOrderId}"\n' +
      'In the job, put whoever hosts inqud-hook in the place of OWNER.\n',
  );
  expect(JSON.parse(project.files.get(CONFIG) ?? '')).toEqual({
    check: {
      url: 'http://localhost:3000/webhooks/inqud',
      blackBox: true,
      secretEnv: ['INQUD_WEBHOOK_SECRET'],
      waitFor: '30s',
    },
  });
});

describe('what nobody confirmed is only shown', () => {
  test.each([
    ['without a terminal', [], {}],
    ['where the answer is no', [], { terminals: TERMINAL, stdin: 'n\n' }],
    ['where Enter alone is typed', [], { terminals: TERMINAL, stdin: '\n' }],
    ['where standard input ends', [], { terminals: TERMINAL, stdin: '' }],
    [
      'to a program, which is never asked',
      ['--format', 'json'],
      { terminals: TERMINAL, stdin: 'y\n' },
    ],
    ['where the report is piped away', [], { terminals: ['stdin', 'stderr'], stdin: 'y\n' }],
  ] as const)('%s', async (_, flags, options) => {
    const project = memoryFolder(SHOP);
    const ran = await init(flags, { ...options, project });
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('http://localhost:3000/webhooks/inqud');
    expect([...project.files.keys()]).toEqual(Object.keys(SHOP));
  });
});

test('a person in a terminal is asked once, and yes writes', async () => {
  const project = memoryFolder(SHOP);
  const ran = await init([], {
    terminals: TERMINAL,
    stdin: 'y\n',
    project,
    env: { NO_COLOR: '1' },
  });
  expect(ran.exitCode).toBe(0);
  expect(ran.stderr).toBe(`Write ${CONFIG} and ${WORKFLOW}? [y/N] `);
  expect(ran.stdout).toContain(`✓ ${WORKFLOW} is written.\nStart your receiver: npm start\n`);
  expect(project.files.has(CONFIG)).toBe(true);
});

describe('what is there', () => {
  test('stays, and what is lacking is written', async () => {
    const project = memoryFolder({ ...SHOP, [CONFIG]: '{}' });
    const ran = await init(['--yes'], { project });
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain(`! ${CONFIG} is there already, and stays.\n`);
    expect(project.files.get(CONFIG)).toBe('{}');
    expect(project.files.has(WORKFLOW)).toBe(true);
  });

  test('stays where nothing is lacking, with exit code 2', async () => {
    const project = memoryFolder({ ...SHOP, [CONFIG]: '{}', [WORKFLOW]: 'a: b' });
    const ran = await init(['--yes'], { project });
    expect(ran.exitCode).toBe(2);
    expect(ran.stdout).toContain('✗ All of it is there already.\n');
    expect([project.files.get(CONFIG), project.files.get(WORKFLOW)]).toEqual(['{}', 'a: b']);
  });

  test('on the disk stays, even a link that leads nowhere', async () => {
    const folder = await newFolder();
    const { symlink } = await import('node:fs/promises');
    await symlink(folder.at('nowhere.json'), folder.at(CONFIG));
    const project = projectFolder(folder.path);
    expect(await project.has(CONFIG)).toBe(true);
    expect(await project.create(CONFIG, 'new')).toBe(false);
    await expect(folder.read('nowhere.json')).rejects.toThrow('ENOENT');
  });
});

test('no value of a variable is said or written', async () => {
  for (const format of ['pretty', 'json', 'ndjson']) {
    const project = memoryFolder(SHOP);
    const ran = await init(['--yes', '--format', format], { project });
    const written = [project.files.get(CONFIG), project.files.get(WORKFLOW)].join('');
    expect(`${ran.stdout}${ran.stderr}${written}`).not.toContain('whsec_of_the_shop');
  }
});

describe('a project of GitLab', () => {
  test('gets its job printed, and its file is not edited', async () => {
    const project = memoryFolder({ ...SHOP, '.gitlab-ci.yml': 'stages: [test]\n' });
    const ran = await init(['--yes'], { project });
    expect(ran.stdout).toContain('! Put this into .gitlab-ci.yml');
    expect(project.files.get('.gitlab-ci.yml')).toBe('stages: [test]\n');
    expect(project.files.has(WORKFLOW)).toBe(false);
    const { files } = JSON.parse((await init(['--format', 'json'], { project })).stdout);
    const job = parse(files[0].path === CONFIG ? files[1].text : files[0].text);
    expect(job['inqud-hook'].script).toContain('(npm start) &');
  });
});

describe('the workflow', () => {
  const workflowOf = async (files: Readonly<Record<string, string>>) => {
    const project = memoryFolder(files);
    await init(['--yes'], { project });
    return parse(project.files.get(WORKFLOW) ?? '');
  };

  test('starts the receiver with a secret of its own, and runs the action', async () => {
    const { jobs } = await workflowOf(SHOP);
    expect(jobs.webhooks.env).toMatchObject({
      INQUD_WEBHOOK_SECRET: 'only-for-this-job',
      PORT: '3000',
    });
    expect(jobs.webhooks.steps.at(-1)).toEqual({
      uses: 'OWNER/inqud-hook@v1',
      with: { start: 'npm start' },
    });
  });

  test('runs the program of the project where it has one', async () => {
    const manifest = '{"main":"s.js","devDependencies":{"inqud-hook":"github:x/inqud-hook"}}';
    const { jobs } = await workflowOf({ 'package.json': manifest, 's.js': '' });
    expect(jobs.webhooks.steps.slice(-2)).toEqual([
      { run: '(node s.js) &' },
      { run: 'npx inqud-hook check --report junit=inqud-hook.xml' },
    ]);
  });

  test.each([
    [{ 'requirements.txt': 'flask', 'app.py': '' }, 'flask --app app run --port 5000'],
    [{ 'composer.json': '{}' }, 'php -S 127.0.0.1:8000'],
    [{ 'pom.xml': 'spring-boot' }, 'mvn spring-boot:run'],
    [{ 'a.txt': '' }, 'echo "Write the command here that starts your receiver."; exit 1'],
  ])('of %j is YAML that says how it starts', async (files, start) => {
    const { jobs } = await workflowOf(files as unknown as Record<string, string>);
    expect(jobs.webhooks.steps.at(-1).with.start).toBe(start);
  });

  test('of a folder below the root of its repository is put there by hand', async () => {
    const project = memoryFolder(SHOP, { place: 'packages/shop' });
    const ran = await init(['--yes'], { project });
    expect(ran.stdout).toContain(`! Put this into ${WORKFLOW} at the root of the repository:\n`);
    expect(ran.stdout).toContain('working-directory: packages/shop\n');
    expect(project.files.has(WORKFLOW)).toBe(false);
  });
});

test('check runs with the file that init wrote', async () => {
  const folder = await newFolder();
  for (const [name, text] of Object.entries(SHOP)) await folder.write(name, text);
  const ran = await init(['--yes'], { project: projectFolder(folder.path) });
  expect(ran.exitCode).toBe(0);
  const paths = new Set<string>();
  const server = new MemoryServer(({ path }) => {
    paths.add(path);
    return { status: 200 };
  });
  const checked = await inqudHook(
    [
      'check',
      '--config',
      folder.at(CONFIG),
      '--rules',
      'acknowledgement/exactly-200',
      '--runs',
      '0',
    ],
    { env: { INQUD_WEBHOOK_SECRET: 'whsec_of_the_shop' }, outside: server.outside },
  );
  expect(checked.stderr).toBe('');
  expect(checked.stdout).toContain('CHECK http://localhost:3000/webhooks/inqud\n');
  expect(checked.stdout).toContain('✓ exactly-200');
  expect([...paths]).toEqual(['/webhooks/inqud']);
});

test('a folder that cannot be written to is an error with a hint', async () => {
  const folder = await newFolder();
  await folder.write('.github', 'a file');
  const ran = await init(['--yes'], { project: projectFolder(folder.path) });
  expect(ran.exitCode).toBe(2);
  expect(ran.stderr).toContain(`✗ ${WORKFLOW} cannot be written: `);
});
