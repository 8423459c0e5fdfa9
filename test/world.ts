import { setMaxListeners } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { expandInput, openInput, unpack } from '../src/adapters/capture-inputs.js';
import { systemClock } from '../src/adapters/clock.js';
import { shellCommands } from '../src/adapters/commands.js';
import { connect } from '../src/adapters/connect.js';
import { diskFiles } from '../src/adapters/files.js';
import { firstLine } from '../src/adapters/first-line.js';
import { openLoad } from '../src/adapters/open-load.js';
import { projectFolder } from '../src/adapters/project-folder.js';
import { packagedSamples } from '../src/adapters/sample-files.js';
import { openUrlProbe } from '../src/adapters/state-probe.js';
import { takesConnections } from '../src/adapters/takes-connections.js';
import { parseTarget } from '../src/adapters/target.js';
import { parseDuration } from '../src/cli/duration.js';
import { run } from '../src/cli/run.js';
import type { Sink, Surroundings, World } from '../src/cli/world.js';
import type { ListeningPort, ProjectFolder, SampleFiles } from '../src/ports.js';
import { createSecretGuard } from '../src/report/secret-guard.js';
import { startApiServer } from '../src/servers/api-server.js';
import { parseBehaviour } from '../src/servers/behaviour.js';
import { startBuiltInReceiver } from '../src/servers/built-in.js';
import { startListener } from '../src/servers/listen/listener.js';
import type { Outside } from './memory-server.js';
import { killGroup } from './programs/kill-group.js';
import { SURROUNDINGS } from './servers/listen/surroundings.js';

/** What the tests draw where the program draws chance. */
export const DRAWN = '4711';

/** How one run of the program ended, and what it said. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly stdoutBytes: Buffer;
}

export interface WorldOptions {
  /** The words that start the program; `inqud-hook` by default. */
  readonly startedAs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  readonly signal?: AbortSignal;
  /** The streams that are terminals; none by default. */
  readonly terminals?: readonly ('stdin' | 'stdout' | 'stderr')[];
  /** How wide the terminals are. */
  readonly columns?: number;
  /** Where the sample events are read from, when it is not the package. */
  readonly samples?: SampleFiles;
  /** The project of the current folder, when it is not the folder that the tests run in. */
  readonly project?: ProjectFolder;
  /** The ports that listen; none by default. */
  readonly listening?: readonly ListeningPort[];
  /** What stands in for the network and the time. */
  readonly outside?: Partial<Outside>;
  /** Hears how far a long run is. */
  readonly onProgress?: (text: string) => void;
  /** Hears standard output as it is written. */
  readonly onOutput?: (text: string) => void;
}

/** Runs one command line in process, with the program's own adapters and all output captured. */
export async function inqudHook(argv: readonly string[], options: WorldOptions = {}): Promise<Ran> {
  const stdout = capture(options, 'stdout', options.onOutput);
  const stderr = capture(options, 'stderr');
  const exitCode = await run(argv, worldOf(options, stdout.sink, stderr.sink));
  const stdoutBytes = stdout.bytes();
  return {
    exitCode,
    stdout: stdoutBytes.toString(),
    stderr: stderr.bytes().toString(),
    stdoutBytes,
  };
}

/** A world of which nothing is run: what is printed goes to `write`. */
export function printingWorld(write: (text: string) => void): World {
  const sink: Sink = { isTerminal: false, write: (text) => void write(String(text)) };
  return { ...worldOf({}, sink, sink), guard: createSecretGuard() };
}

interface Captured {
  readonly sink: Sink;
  bytes(): Buffer;
}

function capture(
  { terminals = [], columns }: WorldOptions,
  stream: 'stdout' | 'stderr',
  onOutput?: (text: string) => void,
): Captured {
  const chunks: Buffer[] = [];
  const sink: Sink = {
    isTerminal: terminals.includes(stream),
    columns,
    write: (text) => {
      chunks.push(Buffer.from(text));
      onOutput?.(String(text));
      return undefined;
    },
  };
  return { sink, bytes: () => Buffer.concat(chunks) };
}

function worldOf(options: WorldOptions, stdout: Sink, stderr: Sink): Surroundings {
  const stdin = Buffer.from(options.stdin ?? '');
  return {
    env: options.env ?? {},
    stdin: {
      read: async () => stdin,
      stream: () => chunksOf(stdin),
      isTerminal: options.terminals?.includes('stdin') === true,
      line: () => firstLine(chunksOf(stdin)),
    },
    stdout,
    stderr,
    startedAs: () => options.startedAs ?? ['inqud-hook'],
    files: diskFiles,
    samples: options.samples ?? packagedSamples,
    expandInput,
    openInput,
    unpack: async (source, name) => unpack(source, name),
    startRangeWorkers: () => Promise.resolve(undefined),
    clock: systemClock,
    signal: heardByMany(options.signal ?? new AbortController().signal),
    draw: () => DRAWN,
    parseTarget: async (text) => {
      const { origin, path } = parseTarget(text);
      return { url: `${origin}${path}`, authority: new URL(origin).host, path };
    },
    connect,
    takesConnections,
    openLoad,
    startReceiver: async ({ behaviour, ...rest }) =>
      startBuiltInReceiver({ ...rest, behaviour: parseBehaviour(behaviour, parseDuration) }),
    openStateProbe: openUrlProbe,
    commands: shellCommands({ environment: process.env, killGroup }),
    startMockApi: startApiServer,
    startListener: (listenerOptions) => startListener(listenerOptions, SURROUNDINGS),
    startProgress: async () => {
      const { onProgress = () => {} } = options;
      return {
        update: onProgress,
        follow: (text) => onProgress(text()),
        stop: () => {},
      };
    },
    openProject: async () => options.project ?? projectFolder(process.cwd()),
    listeningPorts: async () => options.listening ?? [],
    ...options.outside,
  };
}

/** As the program has it: many wait at once, and each hears of Ctrl-C. */
function heardByMany(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return signal;
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

/** A folder of the test's own, gone when the test is. */
export interface Folder {
  readonly path: string;
  at(name: string): string;
  /** Writes a file, and gives its path. */
  write(name: string, content: string | Uint8Array): Promise<string>;
  read(name: string): Promise<string>;
}

export async function newFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'inqud-hook-'));
  onTestFinished(() => rm(path, { recursive: true }));
  const at = (name: string) => join(path, name);
  return {
    path,
    at,
    write: async (name, content) => {
      await writeFile(at(name), content);
      return at(name);
    },
    read: (name) => readFile(at(name), 'utf8'),
  };
}
