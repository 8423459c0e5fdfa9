import { CommanderError } from 'commander';
import { HookError } from '../errors.js';
import { EXIT } from '../report/exit-code.js';
import { reportError, wantedFormat } from './error-report.js';
import { createProgram } from './program.js';
import type { World } from './world.js';

/** Runs one command line. Returns the exit code; never throws, never touches the process. */
export async function run(argv: readonly string[], world: World): Promise<number> {
  let exitCode: number = EXIT.satisfied;
  const program = createProgram(world, argv, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, argv, world);
  }
}

async function explain(error: unknown, argv: readonly string[], world: World): Promise<number> {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.satisfied;
  const known = asHookError(error, argv);
  if (known !== undefined) {
    await reportError(known, wantedFormat(argv), world);
    return EXIT.askedWrongly;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  await world.stderr.write(`${trace}\n\nThis is a bug in inqud-hook: please report it.\n`);
  return EXIT.bug;
}

function asHookError(error: unknown, argv: readonly string[]): HookError | undefined {
  if (error instanceof HookError) return error;
  if (!(error instanceof CommanderError)) return undefined;
  const message = error.message
    .replace(/^error: /, '')
    .replace(/^./, (first) => first.toUpperCase());
  const [sentence = '', suggestion] = message.split('\n');
  const command = argv.find((word) => /^[a-z]/.test(word));
  const help = `inqud-hook ${command === undefined ? '' : `${command} `}--help`;
  const hint = suggestion?.replace(/[()]/g, '') ?? `Type \`${help}\`.`;
  return new HookError('bad-flag', sentence.endsWith('.') ? sentence : `${sentence}.`, hint);
}
