// Builds the program (CommonJS chunks, which start fastest on Node 20), the library (ES modules)
// and its types, and gathers the licences of what is bundled.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const inRoot = (...parts) => join(root, ...parts);
const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
const define = { __VERSION__: JSON.stringify(version) };

/** What is small and wanted together is one file: every file costs a fraction of a millisecond. */
const CHUNKS = [
  {
    // Every command wants these, and its threads too; none of them wants node:crypto.
    name: 'basics',
    test: /src\/(errors|adapters\/(files|write-whole)|webhook\/(secret|scheme)|capture\/(source|size-text)|report\/(error|exit-code|foreign-text|palette|wrap|fit)|cli\/format)\.ts$/,
  },
  // How flags are stated and read, how a digest is checked, and what every command that judges says.
  {
    name: 'declare',
    test: /src\/(capture\/registry|settings\/(setting|reach)|cli\/(flags|options|duration|named|numbers|byte-size|renderer|report-out|read-at-file)|report\/(machine|count|time|verify\/words)|webhook\/(verdict|digest-check|digests-match|light-digest)|diagnosis\/digest\/conflicting-headers|verification\/judge-entry)\.ts$/,
  },
  // A web hook is verified at once, and waits for no other command.
  {
    name: 'verify',
    test: /src\/(cli\/verify\/(action|flags|one-body)|report\/verify\/(pretty|statement)|verification\/tally)\.ts$/,
  },
  // What the commands can be told.
  {
    name: 'commands',
    test: /src\/(cli\/(with-flags|(?!init|completion).+\/(command|flags|rates))|(cli|forecast)\/arrival-rate|settings\/check|listening\/listener|delivery\/(plan-defaults|schedule)|mock-api\/routes)\.(ts|json)$/,
  },
  { name: 'signing', test: /src\/webhook\/(digest|check-digest)\.ts$/ },
  {
    // All that judges a file of the tool's own format, and no more of what reads captures.
    name: 'judging',
    test: /src\/(cli\/verify\/(files|own-file)|adapters\/capture-inputs|verification\/(file-ranges|verify-range|verify-ranges)|capture\/(record|lines|json-value|detect-format|body-text|own-format|scan-headers|scan-line)|json\/(characters|scan|outline|scan-bytes))\.ts$/,
  },
  {
    name: 'capture',
    test: /src\/(json\/[^/]+|capture\/[^/]+|capture\/readers\/(http-head|ndjson))\.ts$/,
  },
  { name: 'readers', test: /src\/capture\/.+\// },
];
/** Packages' imports that are never called upon. */
const UNUSED = [
  // For subcommands that are programs of their own.
  ['/commander/', 'node:child_process'],
  // Requests go out over HTTP/1.1, and their bodies are bytes.
  ['/undici/', './client-h2.js'],
  ['/undici/', '../web/fetch/body.js'],
];
const EMPTY_MODULE = '\0empty';
const ONLY_CLIENT = '\0only-client';
const EXPORT_CLIENT = `export { default as Client } from ${JSON.stringify(
  inRoot('node_modules/undici/lib/dispatcher/client.js'),
)};`;

rmSync(inRoot('dist'), { recursive: true, force: true });
const programModules = await bundle({
  input: { main: inRoot('src/main.ts'), 'verify-worker': inRoot('src/verify-worker.ts') },
  preserveEntrySignatures: false,
  platform: 'node',
  transform: { define, target: 'node20.19' },
  plugins: [withoutTheUnused(), compiledOnce(), inAscii()],
  output: {
    dir: inRoot('dist/cli'),
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    codeSplitting: { groups: CHUNKS, includeDependenciesRecursively: false },
    minify: true,
  },
});
writeFileSync(inRoot('dist/cli/package.json'), '{ "type": "commonjs" }\n');
writeFileSync(inRoot('dist/cli/THIRD-PARTY-NOTICES.txt'), notices(programModules));

await bundle({
  input: {
    index: inRoot('src/library/index.ts'),
    vitest: inRoot('src/library/vitest.ts'),
    jest: inRoot('src/library/jest.ts'),
  },
  platform: 'node',
  transform: { define, target: 'node20.19' },
  external: /^[^./]/,
  output: {
    dir: inRoot('dist/lib'),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  },
});
execFileSync(
  process.execPath,
  [inRoot('node_modules/typescript/bin/tsc'), '-p', inRoot('.config/tsconfig.types.json')],
  { stdio: 'inherit' },
);

/**
 * Leaves out what the program never runs. CommonJS packages load all they have, used or not: without
 * this `send` would spend a third of its time on them.
 */
function withoutTheUnused() {
  return {
    name: 'without-the-unused',
    resolveId(id, importer) {
      if (id === 'undici') return ONLY_CLIENT;
      return UNUSED.some(([from, what]) => importer?.includes(from) && what === id)
        ? EMPTY_MODULE
        : undefined;
    },
    load(id) {
      if (id === EMPTY_MODULE) return 'export {};';
      return id === ONLY_CLIENT ? EXPORT_CLIENT : undefined;
    },
  };
}

/**
 * V8 compiles a function in parentheses at once, as it reads it, but on Node 20 no arrow function:
 * what wraps a CommonJS package would be read through first, and read again when it is called.
 */
function compiledOnce() {
  return {
    name: 'compiled-once',
    renderChunk: (code) =>
      code.replace(/(\/\* @__PURE__ \*\/ [\w$.]+\()\((\([^()]*\)) => \{/g, '$1(function $2 {'),
  };
}

/**
 * One character beyond Latin-1 doubles what V8 holds of a file, and the start-up is short enough to
 * end before the garbage collector runs, if it is let.
 */
function inAscii() {
  return {
    name: 'in-ascii',
    generateBundle(_, bundled) {
      for (const chunk of Object.values(bundled)) {
        // What is raw would show its escapes.
        if (chunk.type !== 'chunk' || /\.raw`[^`]*[^\0-\x7f]/.test(chunk.code)) continue;
        chunk.code = chunk.code.replaceAll(/[^\0-\x7f]/g, escaped);
      }
    },
  };
}

function escaped(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

async function bundle({ output, ...input }) {
  mkdirSync(output.dir, { recursive: true });
  const build = await rolldown({ ...input, logLevel: 'warn' });
  const { output: chunks } = await build.write(output);
  await build.close();
  refuseSharedEntries(chunks);
  return chunks.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
}

/** An entry starts something: a thread that loads another entry's file would start that as well. */
function refuseSharedEntries(chunks) {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  for (const entry of chunks.filter(({ isEntry }) => isEntry)) {
    const seen = new Set([entry.fileName]);
    for (const name of seen) {
      const { imports = [], dynamicImports = [] } = byName.get(name) ?? {};
      for (const next of [...imports, ...dynamicImports]) seen.add(next);
      if (name !== entry.fileName && byName.get(name)?.isEntry) {
        throw new Error(`${entry.fileName} loads ${name}: put what they share into a chunk.`);
      }
    }
  }
}

function notices(moduleIds) {
  const folders = new Set(moduleIds.map(packageFolder).filter(Boolean));
  return [...folders].sort().map(notice).join(`\n${'-'.repeat(72)}\n\n`);
}

function packageFolder(moduleId) {
  if (!moduleId.includes('node_modules')) return undefined;
  let folder = dirname(moduleId);
  while (!existsSync(join(folder, 'package.json')) || !manifest(folder).version) {
    folder = dirname(folder);
  }
  return folder;
}

function notice(folder) {
  const { name, version, license } = manifest(folder);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
  return `${name} ${version} (${license})\n\n${text}`;
}

function manifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
