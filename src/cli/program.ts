import { Command } from 'commander';
import { type CommandContext, VERSION } from './context.js';
import { SUMMARIES } from './summaries.js';
import type { World } from './world.js';

type Declare = (program: Command, context: CommandContext) => void;

/** Each is loaded where it has a part to play: saying all that commands can be told takes time. */
const COMMANDS: Readonly<Record<keyof typeof SUMMARIES, () => Promise<Declare>>> = {
  check: async () => (await import('./check/command.js')).declareCheck,
  send: async () => (await import('./send/command.js')).declareSend,
  verify: async () => (await import('./verify/command.js')).declareVerify,
  'simulate-retries': async () =>
    (await import('./simulate-retries/command.js')).declareSimulateRetries,
  forecast: async () => (await import('./forecast/command.js')).declareForecast,
  replay: async () => (await import('./replay/command.js')).declareReplay,
  'mock-api': async () => (await import('./mock-api/command.js')).declareMockApi,
  listen: async () => (await import('./listen/command.js')).declareListen,
  events: async () => (await import('./events/command.js')).declareEvents,
};

const AFTER_HELP = `
Exit codes: 0 satisfied · 1 refused, rejected or lost · 2 asked wrongly
            3 could not tell · 70 a bug of ours · 130 interrupted

Nothing leaves this machine: no account, no relay, no telemetry.
Independent of Inqud.`;

export async function createProgram(
  world: World,
  argv: readonly string[],
  exitWith: (code: number) => void,
): Promise<Command> {
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
  if (isOnlyHelp(argv)) return summarised(program);
  const context: CommandContext = { world, argv, exitWith };
  for (const load of neededCommands(argv)) (await load())(program, context);
  return program;
}

function isOnlyHelp([first]: readonly string[]): boolean {
  return first === undefined || first === '--help' || first === '-h';
}

/** With commands in name only, for the help of the program says no more of them. */
function summarised(program: Command): Command {
  for (const [name, { takes, does }] of Object.entries(SUMMARIES)) {
    program.command(`${name} ${takes}`.trimEnd()).description(does).option('--help-alone');
  }
  return program;
}

/** Where the first word is a command, or asks for the version, the others have no part to play. */
function neededCommands([first = '']: readonly string[]): readonly (() => Promise<Declare>)[] {
  if (first === '--version' || first === '-v') return [];
  const named = Object.entries(COMMANDS).find(([name]) => name === first);
  return named === undefined ? Object.values(COMMANDS) : [named[1]];
}
