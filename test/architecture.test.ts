import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as rules from './architecture/rules.js';
import { parseSource, type SourceFile } from './architecture/source-file.js';

const ROOT = new URL('..', import.meta.url);
const files = sourceFiles();

function sourceFiles(): ReadonlyMap<string, SourceFile> {
  const paths = readdirSync(new URL('src', ROOT), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `src/${path}`);
  return new Map(
    paths.map((path) => [path, parseSource(path, readFileSync(new URL(path, ROOT), 'utf8'))]),
  );
}

function broken(rule: rules.Rule): readonly string[] {
  return [...files.values()].flatMap(rule);
}

/** What a rule says about a file that does not exist. */
function verdict(rule: rules.Rule, path: string, text: string): readonly string[] {
  return rule(parseSource(path, text));
}

test('there are source files to look at', () => {
  expect(files.size).toBeGreaterThan(100);
});

describe('only main.ts touches the process', () => {
  test('in this tree', () => {
    expect(broken(rules.onlyMainTouchesTheProcess)).toEqual([]);
  });

  test.each([
    ['src/cli/x.ts', 'const width = process.stdout.columns;', 'src/cli/x.ts touches process.'],
    ['src/cli/x.ts', "import { argv } from 'node:process';", 'src/cli/x.ts imports node:process.'],
    ['src/main.ts', 'process.exit(1);', 'src/main.ts calls process.exit.'],
  ])('not %s: %s', (path, text, complaint) => {
    expect(verdict(rules.onlyMainTouchesTheProcess, path, text)).toContain(complaint);
  });

  test('though anything may be called so', () => {
    const text = "// process\nconst x = { process: 'process' }.process;";
    expect(verdict(rules.onlyMainTouchesTheProcess, 'src/cli/x.ts', text)).toEqual([]);
  });
});

describe('nobody uses the console, and only the command line writes', () => {
  test('in this tree', () => {
    expect(broken(rules.nobodyUsesTheConsole)).toEqual([]);
    expect(broken(rules.onlyTheCommandLineWrites)).toEqual([]);
  });

  test('not a file that logs', () => {
    expect(verdict(rules.nobodyUsesTheConsole, 'src/cli/x.ts', "console.log('x');")).toEqual([
      'src/cli/x.ts uses the console.',
    ]);
  });

  test('not a renderer that writes', () => {
    const text = "export const f = (world: World) => world.stdout.write('x');";
    expect(verdict(rules.onlyTheCommandLineWrites, 'src/report/x.ts', text)).toEqual([
      'src/report/x.ts knows stdout.',
    ]);
  });
});

describe('the pure folders have no ambient time, chance, I/O or colour', () => {
  test('in this tree', () => {
    expect(broken(rules.pureFoldersArePure)).toEqual([]);
    expect(broken(rules.coloursAreLoadedInOnePlace)).toEqual([]);
  });

  test.each([
    ['webhook', 'const at = Date.now();', 'uses Date.now.'],
    ['capture', 'const at = new Date();', 'uses new Date().'],
    ['delivery', 'const x = Math.random();', 'uses Math.random.'],
    ['diagnosis', 'setTimeout(() => {}, 1);', 'uses setTimeout.'],
    ['report', 'const at = performance.now();', 'uses performance.now.'],
    ['verification', "import { readFile } from 'node:fs/promises';", 'imports node:fs/promises.'],
    ['conformance', "const { request } = await import('undici');", 'imports undici.'],
    ['delivery', "import type { Agent } from 'node:http';", 'imports node:http.'],
  ])('not in %s: %s', (folder, text, complaint) => {
    const path = `src/${folder}/x.ts`;
    expect(verdict(rules.pureFoldersArePure, path, text)).toContain(`${path} ${complaint}`);
  });

  test('though a given time is no ambient one, and other folders have real clocks', () => {
    const given = 'const at = new Date(epochMs).toISOString();';
    expect(verdict(rules.pureFoldersArePure, 'src/delivery/x.ts', given)).toEqual([]);
    expect(verdict(rules.pureFoldersArePure, 'src/adapters/x.ts', 'Date.now();')).toEqual([]);
  });

  test.each([
    ['src/report/x.ts', "import { Chalk } from 'chalk';"],
    ['src/report/palette.ts', "import { Chalk } from 'chalk';"],
    ['src/cli/x.ts', "const { Chalk } = await import('chalk');"],
  ])('not by colours in %s: %s', (path, text) => {
    expect(verdict(rules.coloursAreLoadedInOnePlace, path, text)).toEqual([
      `${path} imports chalk.`,
    ]);
  });
});

describe('imports point one way', () => {
  test('in this tree', () => {
    expect(broken(rules.importsPointOneWay)).toEqual([]);
    expect(broken(rules.everyFolderIsKnown)).toEqual([]);
  });

  test.each([
    ['src/webhook/x.ts', '../capture/record.js', 'src/capture/record.ts'],
    ['src/capture/x.ts', '../delivery/plan.js', 'src/delivery/plan.ts'],
    ['src/delivery/x.ts', '../verification/tally.js', 'src/verification/tally.ts'],
    ['src/delivery/x.ts', '../report/time.js', 'src/report/time.ts'],
    ['src/report/x.ts', '../cli/world.js', 'src/cli/world.ts'],
    ['src/adapters/x.ts', '../report/time.js', 'src/report/time.ts'],
    ['src/adapters/http/x.ts', '../../cli/world.js', 'src/cli/world.ts'],
    ['src/servers/x.ts', '../cli/world.js', 'src/cli/world.ts'],
    ['src/servers/x.ts', '../adapters/clock.js', 'src/adapters/clock.ts'],
    ['src/cli/x.ts', '../adapters/clock.js', 'src/adapters/clock.ts'],
    ['src/cli/send/x.ts', '../../servers/built-in.js', 'src/servers/built-in.ts'],
    ['src/webhook/x.ts', '../main.js', 'src/main.ts'],
  ])('not %s to %s', (path, from, target) => {
    for (const text of [
      `import { x } from '${from}';`,
      `import type { X } from '${from}';`,
      `export { x } from '${from}';`,
      `const x = await import('${from}');`,
    ]) {
      expect(verdict(rules.importsPointOneWay, path, text)).toEqual([`${path} imports ${target}.`]);
    }
  });

  test('and a new folder has to say where it stands', () => {
    expect(verdict(rules.everyFolderIsKnown, 'src/helpers/x.ts', '')).toEqual([
      'src/helpers/x.ts is in no known folder.',
    ]);
  });
});

describe('no files import one another in a circle', () => {
  test('in this tree', () => {
    expect(rules.circlesIn(files)).toEqual([]);
  });

  test.each([
    ["import './a.js';", 'a value'],
    ["import type { A } from './a.js';", 'a type'],
    ["export const a = () => import('./a.js');", 'a lazy import'],
  ])('not by %s', (back) => {
    const sources = [
      parseSource('src/a.ts', "import './b.js'; import './d.js';"),
      parseSource('src/b.ts', "import './c.js';"),
      parseSource('src/c.ts', back),
      parseSource('src/d.ts', "import './c.js';"),
    ];
    const map = new Map(sources.map((file) => [file.path, file]));
    expect(rules.circlesIn(map)).toEqual(['src/a.ts → src/b.ts → src/c.ts → src/a.ts']);
  });
});

describe('heavy packages are loaded when they are needed', () => {
  test('the program loads none, and its help commander alone', () => {
    expect(rules.packagesLoadedWith('src/main.ts', files)).toEqual([]);
    expect(rules.packagesLoadedWith('src/cli/program.ts', files)).toEqual(['commander']);
  });

  test('verify loads none', () => {
    for (const file of ['flags', 'action', 'files', 'own-file']) {
      expect(rules.packagesLoadedWith(`src/cli/verify/${file}.ts`, files)).toEqual([]);
    }
  });

  test('an import of a file that imports a package counts', () => {
    const sources = [
      parseSource('src/a.ts', "import './b.js'; import type { C } from './c.js';"),
      parseSource('src/b.ts', "import 'undici'; const c = await import('./c.js');"),
      parseSource('src/c.ts', "import 'ora';"),
    ];
    const map = new Map(sources.map((file) => [file.path, file]));
    expect(rules.packagesLoadedWith('src/a.ts', map)).toEqual(['undici']);
  });
});

describe('one word stands for one thing', () => {
  test('in this tree', () => {
    expect(rules.typesOfOneName(files.values())).toEqual([]);
  });

  test('not for a type in two files, of whatever sort', () => {
    const sources = [
      parseSource('src/a.ts', 'export interface Step {} export type Other = 1; class Own {}'),
      parseSource('src/b.ts', 'export class Step {} interface Other {} export class Own {}'),
      parseSource('src/c.ts', "export type { Step } from './a.js';"),
    ];
    expect(rules.typesOfOneName(sources)).toEqual(['Step is declared in src/a.ts and src/b.ts.']);
  });
});

describe('a stranger finds out what a room is for', () => {
  const opening = /^\/\/ The room of [^\n]+(\n\/\/ [^\n]+)*\n/;

  test('from one file of it, which opens with that', () => {
    const homes = [...files.keys()]
      .filter((path) => opening.test(readFileSync(new URL(path, ROOT), 'utf8')))
      .map((path) => path.slice(0, path.lastIndexOf('/')));
    expect(new Set(homes).size).toBe(homes.length);
    const rooms = [...files.keys()].flatMap((path) => /^src\/[^/]+(?=\/)/.exec(path) ?? []);
    for (const room of new Set(rooms)) {
      expect(homes.some((home) => home === room || home.startsWith(`${room}/`))).toBe(true);
    }
  });

  test('and from the map', () => {
    const map = readFileSync(new URL('docs/architecture.md', ROOT), 'utf8');
    for (const path of files.keys()) {
      const [, room] = /^src\/([^/]+)\//.exec(path) ?? [];
      if (room !== undefined) expect(map).toContain(`| \`src/${room}/\` |`);
    }
  });
});
