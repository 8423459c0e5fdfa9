import type { ProjectFolder } from '../../ports.js';
import type { Stack } from './shape.js';

/** A framework's package, its name, and where it listens by default or in its own first example. */
const FRAMEWORKS: readonly (readonly [pack: string, name: string, port: number])[] = [
  ['next', 'Next.js', 3000],
  ['@nestjs/core', 'NestJS', 3000],
  ['nuxt', 'Nuxt', 3000],
  ['@adonisjs/core', 'AdonisJS', 3333],
  ['fastify', 'Fastify', 3000],
  ['hono', 'Hono', 3000],
  ['koa', 'Koa', 3000],
  ['express', 'Express', 3000],
];
const PORT_IN_SCRIPT = /(?:--port[= ]|-p[= ]?|\bPORT=)(\d{2,5})\b/;
const MOST_PORT = 65_535;
/** Scripts that start a server, the likeliest first. */
const STARTING = ['start', 'serve', 'dev'];

interface Manifest {
  readonly scripts: Readonly<Record<string, unknown>>;
  readonly packages: Readonly<Record<string, unknown>>;
  readonly main: string | undefined;
}

/** What package.json tells. */
export async function nodeStack(folder: ProjectFolder): Promise<Stack | undefined> {
  const text = await folder.read('package.json');
  if (text === undefined) return undefined;
  const manifest = manifestIn(text);
  const [, name = 'Node.js', port = 3000] =
    FRAMEWORKS.find(([pack]) => pack in manifest.packages) ?? [];
  const runner = await runnerOf(folder);
  const start = await startOf(manifest, runner.name, folder);
  const builds = 'build' in manifest.scripts && start?.endsWith(' start') === true;
  return {
    name,
    manifest: 'package.json',
    usualPort: port,
    statedPort: portInScripts(manifest),
    start: start === undefined ? undefined : () => start,
    setUp: {
      action: { uses: 'actions/setup-node@v6', with: { 'node-version': '24' } },
      image: 'node:24',
      commands: [
        ...runner.install,
        ...envFilesOf(manifest).map((file) => `touch ${file}`),
        ...(builds ? [`${runner.name} run build`] : []),
      ],
    },
    hasTool: 'inqud-hook' in manifest.packages,
  };
}

/** Files without which Node does not start, and which a repository does not hold: `--env-file=.env`. */
function envFilesOf({ scripts }: Manifest): readonly string[] {
  const script = STARTING.map((name) => scripts[name]).find(Boolean);
  const found = String(script ?? '').matchAll(/--env-file[= ]([\w./-]+)/g);
  return [...new Set([...found].map(([, file = '']) => file))];
}

/** What is no manifest tells nothing: the project is one of Node.js all the same. */
function manifestIn(text: string): Manifest {
  const { scripts, dependencies, devDependencies, main } = objectIn(parsed(text));
  return {
    scripts: objectIn(scripts),
    packages: { ...objectIn(dependencies), ...objectIn(devDependencies) },
    main: typeof main === 'string' && /^[\w./-]+$/.test(main) ? main : undefined,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

interface Runner {
  readonly name: 'npm' | 'pnpm' | 'yarn';
  readonly install: readonly string[];
}

async function runnerOf(folder: ProjectFolder): Promise<Runner> {
  if (await folder.has('pnpm-lock.yaml')) {
    return { name: 'pnpm', install: ['corepack enable', 'pnpm install --frozen-lockfile'] };
  }
  if (await folder.has('yarn.lock')) {
    return { name: 'yarn', install: ['corepack enable', 'yarn install'] };
  }
  return {
    name: 'npm',
    install: [(await folder.has('package-lock.json')) ? 'npm ci' : 'npm install'],
  };
}

async function startOf(
  { scripts, main }: Manifest,
  runner: Runner['name'],
  folder: ProjectFolder,
): Promise<string | undefined> {
  const script = STARTING.find((name) => name in scripts);
  if (script !== undefined)
    return script === 'start' ? `${runner} start` : `${runner} run ${script}`;
  const files = ['server.js', 'server.mjs', 'index.js', 'index.mjs', 'app.js'];
  for (const file of main === undefined ? files : [main, ...files]) {
    if (await folder.has(file)) return `node ${file}`;
  }
  return undefined;
}

function portInScripts({ scripts }: Manifest): number | undefined {
  for (const name of STARTING) {
    const [, port] = PORT_IN_SCRIPT.exec(String(scripts[name] ?? '')) ?? [];
    if (port !== undefined && Number(port) > 0 && Number(port) <= MOST_PORT) return Number(port);
  }
  return undefined;
}
