import { setMaxListeners } from 'node:events';
import { batchedSink, sinkAfter } from './adapters/batched-sink.js';
import { directDescriptor, directSink } from './adapters/direct-sink.js';
import { diskFiles, readAll, reasonOf } from './adapters/files.js';
import { interruptibleFiles, interruptibleSource } from './adapters/interruptible.js';
import { packagedSamples } from './adapters/sample-files.js';
import { type StreamSink, streamSink } from './adapters/sink.js';
import { run } from './cli/run.js';
import { startedAs } from './cli/started-as.js';
import type { Surroundings } from './cli/world.js';

/** More threads than this read from one disk in vain. */
const MOST_WORKERS = 8;

/** How long an interrupted program that has said all it has to say may take to end by itself. */
const WIND_DOWN_MS = 500;

/** Above this the process is tuned to run fast rather than to start fast. */
const MOST_FEW_REQUESTS = 100;

const STDOUT = 1;

const interruption = new AbortController();
// Every wait listens to it, and many wait at once.
setMaxListeners(0, interruption.signal);
const stop = () => interruption.abort();
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

const stdout = batchedSink(openStdout());
const stderr = sinkAfter(
  stdout,
  streamSink(
    () => process.stderr,
    () => undefined,
  ),
);
// An error that nobody caught ends the program before the turn does.
process.once('exit', () => stdout.flush());

/** One for all commands, which take turns. */
const shell = once(async () => {
  const { shellCommands } = await import('./adapters/commands.js');
  return shellCommands({ environment: process.env, killGroup });
});

const world: Surroundings = {
  startedAs: () => startedAs(process.execArgv, process.argv[1] ?? '', () => process.cwd()),
  env: process.env,
  stdin: {
    read: async () => readAll(openStdin(), 'Standard input'),
    stream: openStdin,
    line: async () => (await import('./adapters/first-line.js')).firstLine(openStdin()),
    get isTerminal() {
      return process.stdin.isTTY === true;
    },
  },
  stdout,
  stderr,
  files: interruptibleFiles(diskFiles, interruption.signal),
  samples: packagedSamples,
  expandInput: async (path) => (await import('./adapters/capture-inputs.js')).expandInput(path),
  openInput: async (path) => {
    const input = await (await import('./adapters/capture-inputs.js')).openInput(path);
    if (input.kind !== 'stream') return input;
    return { ...input, source: interruptibleSource(input.source, interruption.signal) };
  },
  unpack: async (source, name) =>
    (await import('./adapters/capture-inputs.js')).unpack(source, name),
  startRangeWorkers: async (setup) => {
    if (import.meta.url.endsWith('.ts')) return undefined;
    const { availableParallelism } = await import('node:os');
    const count = Math.min(availableParallelism(), MOST_WORKERS);
    if (count < 2) return undefined;
    const { startWorkers } = await import('./adapters/range-workers.js');
    return startWorkers(new URL('./verify-worker.cjs', import.meta.url), count, setup);
  },
  clock: {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: async (ms, signal) =>
      (await import('./adapters/clock.js')).systemClock.sleep(ms, signal),
  },
  signal: interruption.signal,
  draw: () => String(process.getBuiltinModule('node:crypto').randomInt(1, 2 ** 31)),
  parseTarget: async (text) => {
    const { parseTarget } = await import('./adapters/target.js');
    const { origin, path } = parseTarget(text);
    return { url: `${origin}${path}`, authority: new URL(origin).host, path };
  },
  takesConnections: async (url, options) =>
    (await import('./adapters/takes-connections.js')).takesConnections(url, options),
  connect: async (url, options) => {
    if (isFew(options.requests)) (await import('./adapters/few-requests.js')).tuneForFewRequests();
    const { connect } = await import('./adapters/connect.js');
    return connect(url, options);
  },
  openLoad: async (url, options) =>
    (await import('./adapters/open-load.js')).openLoad(url, options),
  openStateProbe: async (template, options) =>
    (await import('./adapters/state-probe.js')).openUrlProbe(template, options),
  commands: {
    run: async (command, variables, limits) => (await shell()).run(command, variables, limits),
    result: async (command, variables, limits) =>
      (await shell()).result(command, variables, limits),
  },
  startReceiver: async ({ behaviour, ...options }) => {
    const { parseBehaviour } = await import('./servers/behaviour.js');
    const { parseDuration } = await import('./cli/duration.js');
    const { startBuiltInReceiver } = await import('./servers/built-in.js');
    return startBuiltInReceiver({
      ...options,
      behaviour: parseBehaviour(behaviour, parseDuration),
    });
  },
  startMockApi: async (options) =>
    (await import('./servers/api-server.js')).startApiServer(options),
  startListener: async (options) => {
    const { startListener } = await import('./servers/listen/listener.js');
    const { systemClock } = await import('./adapters/clock.js');
    return startListener(options, {
      clock: systemClock,
      processes: { ownPid: process.pid, isRunning },
      reasonOf,
    });
  },
  startProgress: async () => {
    const { startSpinner } = await import('./adapters/progress.js');
    return startSpinner(process.stderr);
  },
  openProject: async () =>
    (await import('./adapters/project-folder.js')).currentFolder(() => process.cwd()),
  listeningPorts: async (likely) =>
    (await import('./adapters/listening-ports.js')).listeningPorts(likely),
};

void run(process.argv.slice(2), world).then(finish);

/** A reader that left early, as `head` does, is no mistake; a full disk is. */
async function finish(exitCode: number): Promise<void> {
  process.exitCode = exitCode;
  if (interruption.signal.aborted) setTimeout(endBySignal, WIND_DOWN_MS).unref();
  await stdout.written();
  const { error } = stdout;
  if (error === undefined || error.code === 'EPIPE') return;
  process.stderr.write(`✗ Standard output cannot be written: ${reasonOf(error)}.\n`);
  process.exitCode = 2;
}

/** Everything is said by now, and what still hangs, such as a pipe being opened, keeps nobody waiting. */
function endBySignal(): void {
  process.removeAllListeners('SIGINT');
  process.kill(process.pid, 'SIGINT');
}

function isFew(requests: number | undefined): boolean {
  return requests !== undefined && requests <= MOST_FEW_REQUESTS;
}

/** Node's stream is made where nothing else will do. */
function openStdout(): StreamSink {
  const openSlow = () => streamSink(() => process.stdout, stop);
  const descriptor = directDescriptor(STDOUT);
  return descriptor === undefined ? openSlow() : directSink(descriptor, openSlow, stop);
}

/** Ctrl-C ends the wait for input. */
function openStdin(): AsyncIterable<Uint8Array> {
  const { addAbortSignal } = process.getBuiltinModule('node:stream');
  return addAbortSignal(interruption.signal, process.stdin);
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Where there are no groups of processes, the process alone. */
function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // All of it has ended.
  }
}

/** A process of another user cannot be signalled, and is there. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
