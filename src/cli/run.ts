// The room of the command line: one folder a command, with its flags, its declaration and its
// action.
import { HookError } from '../errors.js';
import { type ErrorFacts, errorDocument } from '../report/error.js';
import { EXIT } from '../report/exit-code.js';
import { inLine } from '../report/foreign-text.js';
import { createSecretGuard } from '../report/secret-guard.js';
import { Secret } from '../webhook/secret.js';
import { credentialsIn } from './credentials.js';
import { reportError, wantedFormat } from './error-report.js';
import { filesApart } from './files-apart.js';
import { guardedSink } from './guarded-sink.js';
import { doneQuickly } from './quickly.js';
import { shownSecrets } from './secrets.js';
import { stdinReadOnce } from './stdin.js';
import { COMMAND_NAMES } from './summaries.js';
import { helpHint } from './usage-error.js';
import type { Sink, Surroundings, World } from './world.js';

/** Runs one command line. Returns the exit code; never throws, never touches the process. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode: number = EXIT.satisfied;
  const world = guarded(surroundings, argv);
  const stdout = noting(world.stdout);
  const apart = { ...world, ...filesApart(world) };
  const inner = { ...apart, stdout, stdin: stdinReadOnce(apart) };
  const exitWith = (code: number) => {
    exitCode = code;
  };
  const context = { world: inner, argv, exitWith };
  try {
    if (await doneQuickly(context)) return exitCode;
    const { carryOut } = await import('./program.js');
    await carryOut(context);
    return exitCode;
  } catch (error) {
    if (error instanceof HookError) {
      const known = hinted(error, argv);
      await reportError(known, argv, world);
      return known.code === 'unreachable-target' ? EXIT.couldNotTell : EXIT.askedWrongly;
    }
    return isInterruption(error) ? reportInterruption(argv, inner) : reportBug(error, argv, inner);
  }
}

/** Everything that is written, progress too, passes the guard; it knows at once what it can know. */
function guarded(surroundings: Surroundings, argv: readonly string[]): World {
  const guard = createSecretGuard();
  const known = [...shownSecrets(argv, surroundings), ...credentialsIn(argv)];
  for (const text of known) guard.note(Secret.fromText(text));
  return {
    ...surroundings,
    guard,
    stdout: guardedSink(surroundings.stdout, guard),
    stderr: guardedSink(surroundings.stderr, guard),
    startProgress: async () => {
      const progress = await surroundings.startProgress();
      const safe = (text: string) => guard.mask(inLine(text));
      return {
        ...progress,
        update: (text) => progress.update(safe(text)),
        follow: (text) => progress.follow(() => safe(text())),
      };
    },
  };
}

function hinted({ code, message, hint }: HookError, argv: readonly string[]): HookError {
  return new HookError(code, message, hint ?? helpHint({ argv, commands: COMMAND_NAMES }));
}

/** Ctrl-C while standard input was being read. */
function isInterruption(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

async function reportInterruption(argv: readonly string[], world: NotingWorld): Promise<number> {
  await fillDocument({ code: 'interrupted', message: 'Interrupted.' }, argv, world);
  return EXIT.interrupted;
}

async function reportBug(
  error: unknown,
  argv: readonly string[],
  world: NotingWorld,
): Promise<number> {
  await fillDocument({ code: 'bug', message: String(error) }, argv, world);
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  await world.stderr.write(`${trace}\n\nThis is a bug in inqud-hook: please report it.\n`);
  return EXIT.bug;
}

/** A program's reader gets one document: an error is none where a part of another was written. */
async function fillDocument(
  error: ErrorFacts,
  argv: readonly string[],
  { stdout }: NotingWorld,
): Promise<void> {
  const format = wantedFormat(argv);
  if (format === 'pretty' || stdout.wasWritten) return;
  await stdout.write(errorDocument(error, format));
}

interface NotingWorld extends World {
  readonly stdout: NotingSink;
}

interface NotingSink extends Sink {
  readonly wasWritten: boolean;
}

function noting(sink: Sink): NotingSink {
  let wasWritten = false;
  return {
    get isTerminal() {
      return sink.isTerminal;
    },
    get columns() {
      return sink.columns;
    },
    write: (text) => {
      wasWritten = true;
      return sink.write(text);
    },
    get wasWritten() {
      return wasWritten;
    },
  };
}
