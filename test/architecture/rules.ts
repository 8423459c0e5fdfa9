import type { SourceFile } from './source-file.js';

/** What is wrong with a file: sentences, or none. */
export type Rule = (file: SourceFile) => readonly string[];

const PURE = [
  'json',
  'webhook',
  'settings',
  'delivery',
  'capture',
  'diagnosis',
  'verification',
  'conformance',
  'load',
  'listening',
  'mock-api',
  'forecast',
  'project',
  'report',
];

/** What each folder may import; `errors` and `ports` everyone may. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  json: [],
  webhook: ['json'],
  settings: ['webhook'],
  capture: ['json', 'webhook'],
  diagnosis: ['json', 'webhook', 'capture'],
  delivery: ['json', 'webhook', 'capture', 'diagnosis'],
  verification: ['json', 'webhook', 'capture', 'diagnosis', 'delivery'],
  conformance: ['json', 'webhook', 'settings', 'capture', 'diagnosis', 'delivery'],
  load: ['webhook', 'delivery', 'conformance'],
  listening: ['webhook', 'capture', 'diagnosis', 'delivery', 'verification'],
  'mock-api': ['json', 'webhook', 'delivery'],
  forecast: ['webhook', 'delivery'],
  project: [],
  report: PURE,
  adapters: ['webhook', 'capture'],
  servers: ['webhook', 'capture', 'listening', 'mock-api'],
  cli: [...PURE],
  library: [...PURE, 'adapters'],
};
/** They put everything together. */
const COMPOSITION_ROOTS = ['src/main.ts', 'src/verify-worker.ts'];
const FOR_ALL = ['src/errors.ts', 'src/ports.ts'];

const IMPURE_MODULES =
  /^(node:)?(fs|net|tls|dns|http|https|http2|timers|child_process|worker_threads|readline|os|perf_hooks)(\/|$)|^(undici|ora|commander)$/;
const AMBIENT = [
  'Date.now',
  'new Date()',
  'Math.random',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'performance',
  'performance.now',
  'fetch',
];

export const onlyMainTouchesTheProcess: Rule = ({ path, imports, globals }) => [
  ...[...imports]
    .filter(({ from }) => /^(node:)?process$/.test(from))
    .map(({ from }) => `${path} imports ${from}.`),
  ...(globals.has('process') && path !== 'src/main.ts' ? [`${path} touches process.`] : []),
  ...(globals.has('process.exit') ? [`${path} calls process.exit.`] : []),
];

export const nobodyUsesTheConsole: Rule = ({ path, globals }) =>
  globals.has('console') ? [`${path} uses the console.`] : [];

export const onlyTheCommandLineWrites: Rule = ({ path, properties }) => {
  if (path === 'src/main.ts' || folderOf(path) === 'cli') return [];
  return ['stdout', 'stderr']
    .filter((stream) => properties.has(stream))
    .map((stream) => `${path} knows ${stream}.`);
};

export const pureFoldersArePure: Rule = ({ path, imports, globals }) => {
  if (!PURE.includes(folderOf(path) ?? '')) return [];
  return [
    ...imports
      .filter(({ from }) => IMPURE_MODULES.test(from))
      .map(({ from }) => `${path} imports ${from}.`),
    ...AMBIENT.filter((name) => globals.has(name)).map((name) => `${path} uses ${name}.`),
  ];
};

export const coloursAreLoadedInOnePlace: Rule = ({ path, imports }) =>
  imports
    .filter(({ from, kind }) => from === 'chalk' && !(isPalette(path) && kind === 'lazy'))
    .map(() => `${path} imports chalk.`);

function isPalette(path: string): boolean {
  return path === 'src/report/palette.ts';
}

export const importsPointOneWay: Rule = ({ path, imports }) => {
  const folder = folderOf(path);
  if (COMPOSITION_ROOTS.includes(path)) return [];
  const allowed = folder === undefined ? [] : (MAY_IMPORT[folder] ?? []);
  return imports
    .filter(({ from }) => from.startsWith('src/') && !FOR_ALL.includes(from))
    .filter(({ from }) => folderOf(from) !== folder && !allowed.includes(folderOf(from) ?? ''))
    .map(({ from }) => `${path} imports ${from}.`);
};

export const everyFolderIsKnown: Rule = ({ path }) => {
  const folder = folderOf(path);
  return folder === undefined || folder in MAY_IMPORT ? [] : [`${path} is in no known folder.`];
};

/** `webhook` of `src/webhook/digest.ts`; undefined for a file right below `src`. */
function folderOf(path: string): string | undefined {
  const [, folder, ...rest] = path.split('/');
  return rest.length === 0 ? undefined : folder;
}

/** Circles of files, lazy imports and types counted: each is one path from a file back to itself. */
export function circlesIn(files: ReadonlyMap<string, SourceFile>): readonly string[] {
  const isDone = new Set<string>();
  const circles: string[] = [];
  const follow = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) circles.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || isDone.has(path)) return;
    for (const { from } of files.get(path)?.imports ?? []) follow(from, [...trail, path]);
    isDone.add(path);
  };
  for (const path of files.keys()) follow(path, []);
  return circles;
}

/** Packages that are loaded along with a file, through whatever it imports at once. */
export function packagesLoadedWith(
  path: string,
  files: ReadonlyMap<string, SourceFile>,
): readonly string[] {
  const seen = new Set([path]);
  const packages = new Set<string>();
  for (const current of seen) {
    for (const { from, kind } of files.get(current)?.imports ?? []) {
      if (kind !== 'value') continue;
      if (from.startsWith('src/')) seen.add(from);
      else if (!from.startsWith('node:')) packages.add(from);
    }
  }
  return [...packages].sort();
}

/** A word that stands for two things: an exported type whose name several files declare. */
export function typesOfOneName(files: Iterable<SourceFile>): readonly string[] {
  const homes = new Map<string, string[]>();
  for (const { path, exportedTypes } of files) {
    for (const name of exportedTypes) homes.set(name, [...(homes.get(name) ?? []), path]);
  }
  return [...homes]
    .filter(([, paths]) => paths.length > 1)
    .map(([name, paths]) => `${name} is declared in ${paths.join(' and ')}.`);
}
