import { Command, CommanderError, Help } from 'commander';
import { fitted } from '../report/fit.js';
import { wrapped } from '../report/wrap.js';
import { type CommandContext, VERSION } from './context.js';
import { widthOf } from './format.js';
import { COMMAND_NAMES, SUMMARIES } from './summaries.js';
import { usageError } from './usage-error.js';

type Declare = (program: Command, context: CommandContext) => void;

/** Each is loaded where it has a part to play: saying all that commands can be told takes time. */
const COMMANDS: Readonly<Record<keyof typeof SUMMARIES, () => Promise<Declare>>> = {
  init: async () => (await import('./init/command.js')).declareInit,
  check: async () => (await import('./check/command.js')).declareCheck,
  send: async () => (await import('./send/command.js')).declareSend,
  verify: async () => (await import('./verify/command.js')).declareVerify,
  'simulate-retries': async () =>
    (await import('./simulate-retries/command.js')).declareSimulateRetries,
  burst: async () => (await import('./burst/command.js')).declareBurst,
  forecast: async () => (await import('./forecast/command.js')).declareForecast,
  replay: async () => (await import('./replay/command.js')).declareReplay,
  'mock-api': async () => (await import('./mock-api/command.js')).declareMockApi,
  listen: async () => (await import('./listen/command.js')).declareListen,
  events: async () => (await import('./events/command.js')).declareEvents,
  completion: async () => {
    const { declareCompletion } = await import('./completion/command.js');
    return (program, context) =>
      declareCompletion(program, context, (name) => declaredCommand(name, context));
  },
};

/** Where no terminal says how wide it is. */
const USUAL_COLUMNS = 80;
/** A description with less room than this stands below its flag. */
const LEAST_DESCRIPTION = 24;
const BELOW = ' '.repeat(6);

const AFTER_HELP = `
Exit codes: 0 satisfied · 1 refused, rejected or lost · 2 asked wrongly
            3 could not tell · 70 a bug of ours · 130 interrupted

Nothing leaves this machine: no account, no relay, no telemetry.
Independent of Inqud.`;

/** Reads the words, and does what they ask. @throws HookError `bad-flag` for what nobody can ask */
export async function carryOut(context: CommandContext): Promise<void> {
  const { argv } = context;
  const program = await createProgram(context);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageError(error, { argv, commands: COMMAND_NAMES });
  }
}

/** The program with the commands that its words may need; with all of them where they name none. */
export async function createProgram(context: CommandContext): Promise<Command> {
  const { argv, world } = context;
  const program = new Command('inqud-hook')
    .description('The crash-test lab for receivers of Inqud web hooks.')
    .version(VERSION, '-v, --version')
    .option('--no-color', 'plain output, as with NO_COLOR')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void world.stdout.write(fitted(text, widthOf(world.stdout))),
      getOutHelpWidth: () => world.stdout.columns ?? USUAL_COLUMNS,
      getOutHasColors: () => world.stdout.isTerminal,
      writeErr: () => undefined,
      outputError: () => undefined,
    })
    .configureHelp(world.stdout.columns === undefined ? {} : { formatItem: narrowItem })
    .addHelpText('after', AFTER_HELP);
  if (isOnlyHelp(argv)) return summarised(program);
  for (const load of neededCommands(argv)) (await load())(program, context);
  return program;
}

/** A flag and what it does, in a terminal that may be too narrow for both in one line. */
function narrowItem(term: string, termWidth: number, description: string, helper: Help): string {
  const columns = helper.helpWidth ?? USUAL_COLUMNS;
  const usual = new Help();
  usual.helpWidth = columns;
  if (columns >= USUAL_COLUMNS || description === '') {
    return usual.formatItem(term, termWidth, description, usual);
  }
  const isRoomy = columns - termWidth - 4 >= LEAST_DESCRIPTION;
  usual.minWidthToWrap = LEAST_DESCRIPTION;
  return isRoomy
    ? usual.formatItem(term, termWidth, description, usual)
    : `  ${term}\n${BELOW}${wrapped(description, { columns }, BELOW)}`;
}

/** A command as commander knows it. */
async function declaredCommand(
  name: string,
  context: CommandContext,
): Promise<Command | undefined> {
  const program = await createProgram({ ...context, argv: [name] });
  return program.commands.find((command) => command.name() === name);
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
