import { Command } from 'commander';
import { declareCheck } from './commands/check.js';
import { declareEvents } from './commands/events.js';
import { declareListen } from './commands/listen.js';
import { declareMockApi } from './commands/mock-api.js';
import { declareReplay } from './commands/replay.js';
import { declareSend } from './commands/send.js';
import { declareSimulateRetries } from './commands/simulate-retries.js';
import { declareVerify } from './commands/verify.js';
import type { World } from './world.js';

declare const __VERSION__: string | undefined;

/** The version of the package; `0.0.0-source` when run from source. */
export const VERSION = typeof __VERSION__ === 'undefined' ? '0.0.0-source' : __VERSION__;

/** What every command gets: the world, the words it was called with, and where the exit code goes. */
export interface CommandContext {
  readonly world: World;
  readonly argv: readonly string[];
  readonly exitWith: (code: number) => void;
}

const COMMANDS = {
  send: declareSend,
  verify: declareVerify,
  'simulate-retries': declareSimulateRetries,
  replay: declareReplay,
  'mock-api': declareMockApi,
  listen: declareListen,
  events: declareEvents,
};

const AFTER_HELP = `
Exit codes: 0 satisfied · 1 refused, rejected or lost · 2 asked wrongly
            3 could not tell · 70 a bug of ours · 130 interrupted

Nothing leaves this machine: no account, no relay, no telemetry.
Independent of Inqud.`;

export function createProgram(
  world: World,
  argv: readonly string[],
  exitWith: (code: number) => void,
): Command {
  const program = new Command('inqud-hook')
    .description('The crash-test lab for receivers of Inqud web hooks.')
    .version(VERSION, '-v, --version')
    .option('--no-color', 'plain output, as with NO_COLOR')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void world.stdout.write(text),
      writeErr: () => undefined,
      outputError: () => undefined,
    })
    .addHelpText('after', AFTER_HELP);
  const context: CommandContext = { world, argv, exitWith };
  declareCheck(program, context);
  declareSend(program, context);
  declareVerify(program, context);
  declareSimulateRetries(program, context);
  declareEvents(program, context);
  for (const declare of neededCommands(argv)) declare(program, context);
  return program;
}

/** Declaring a command takes time. Where the first word is one, the others have no part to play. */
function neededCommands([first = '']: readonly string[]) {
  const named = Object.entries(COMMANDS).find(([name]) => name === first);
  return named === undefined ? Object.values(COMMANDS) : [named[1]];
}
