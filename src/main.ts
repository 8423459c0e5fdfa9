import { randomInt } from 'node:crypto';
import { diskFiles, reasonOf } from './adapters/files.js';
import { packagedSamples } from './adapters/sample-files.js';
import { streamSink } from './adapters/sink.js';
import { parseDuration } from './cli/duration.js';
import { run } from './cli/run.js';
import type { World } from './cli/world.js';

const interruption = new AbortController();
const stop = () => interruption.abort();
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

const stdout = streamSink(process.stdout, stop);
const stderr = streamSink(process.stderr, () => undefined);

const world: World = {
  env: process.env,
  stdin: {
    read: readStdin,
    stream: () => process.stdin,
    isTerminal: process.stdin.isTTY === true,
  },
  stdout,
  stderr,
  files: diskFiles,
  samples: packagedSamples,
  clock: {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: async (ms, signal) =>
      (await import('./adapters/clock.js')).systemClock.sleep(ms, signal),
  },
  signal: interruption.signal,
  draw: () => String(randomInt(1, 2 ** 31)),
  parseTarget: async (text) => {
    const { parseTarget } = await import('./adapters/target.js');
    const { origin, path } = parseTarget(text);
    return { url: `${origin}${path}`, authority: new URL(origin).host, path };
  },
  connect: async (url, options) => {
    if (options.fewRequests) (await import('./adapters/few-requests.js')).tuneForFewRequests();
    const { connect } = await import('./adapters/connect.js');
    return connect(url, options);
  },
  openStateProbe: async (template, options) =>
    (await import('./adapters/state-probe.js')).openUrlProbe(template, options),
  commands: {
    run: async (command, variables) => {
      const { shellCommands } = await import('./adapters/commands.js');
      return shellCommands(process.env).run(command, variables);
    },
  },
  startReceiver: async ({ behaviour, ...options }) => {
    const { parseBehaviour } = await import('./receivers/behaviour.js');
    const { startBuiltInReceiver } = await import('./receivers/built-in.js');
    return startBuiltInReceiver({
      ...options,
      behaviour: parseBehaviour(behaviour, parseDuration),
    });
  },
  startProgress: async () => {
    const { startSpinner } = await import('./adapters/progress.js');
    return startSpinner(process.stderr);
  },
};

void run(process.argv.slice(2), world).then(finish);

/** A reader that left early, as `head` does, is no mistake; a full disk is. */
function finish(exitCode: number): void {
  process.exitCode = exitCode;
  const { error } = stdout;
  if (error === undefined || error.code === 'EPIPE') return;
  process.stderr.write(`✗ Standard output cannot be written: ${reasonOf(error)}.\n`);
  process.exitCode = 2;
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}
