import { Command } from 'commander';
import { declareCheck } from './check/command.js';
import { type CommandContext, VERSION } from './context.js';
import { declareEvents } from './events/command.js';
import { declareListen } from './listen/command.js';
import { declareMockApi } from './mock-api/command.js';
import { declareReplay } from './replay/command.js';
import { declareSend } from './send/command.js';
import { declareSimulateRetries } from './simulate-retries/command.js';
import { declareVerify } from './verify/command.js';
import type { World } from './world.js';

const COMMANDS = {
  check: declareCheck,
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
  for (const declare of neededCommands(argv)) declare(program, context);
  return program;
}

/** Declaring a command takes time. Where the first word is one, the others have no part to play. */
function neededCommands([first = '']: readonly string[]) {
  const named = Object.entries(COMMANDS).find(([name]) => name === first);
  return named === undefined ? Object.values(COMMANDS) : [named[1]];
}
