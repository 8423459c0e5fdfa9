import type { CommanderError } from 'commander';
import { HookError } from '../errors.js';

/** The words of a command line, and what it could have begun with. */
export interface Usage {
  readonly argv: readonly string[];
  readonly commands: readonly string[];
}

/**
 * Says what commander found in our words. Of what was typed only the names of flags and commands are
 * repeated, because a value may be a secret that slipped to the wrong place.
 */
export function usageError(error: CommanderError, usage: Usage): HookError {
  const suggestion = /\((Did you mean .+\?)\)/s.exec(error.message)?.[1];
  const [sentence, hint] = explain(error, usage);
  return new HookError('bad-flag', sentence, suggestion ?? hint ?? helpHint(usage));
}

/** What to type when nothing better is known. */
export function helpHint(usage: Usage): string {
  const words = ['inqud-hook', commandOf(usage), '--help'];
  return `Type \`${words.filter((word) => word !== undefined).join(' ')}\`.`;
}

function commandOf({ argv, commands }: Usage): string | undefined {
  return argv.find((word) => commands.includes(word));
}

type Explained = readonly [sentence: string, hint?: string | undefined];

function explain({ code, message }: CommanderError, usage: Usage): Explained {
  const { argv } = usage;
  const command = commandOf(usage) ?? 'inqud-hook';
  const quoted = [...message.matchAll(/'([^']*)'/g)].map(([, word = '']) => word);
  const [first = ''] = quoted;
  switch (code) {
    case 'commander.help':
      if (argv[1] !== undefined) return [`There is no command \`${argv[1]}\`.`];
      return ['No command is given.', 'Try `inqud-hook simulate-retries`, or `inqud-hook --help`.'];
    case 'commander.unknownCommand':
      return [`There is no command \`${first}\`.`];
    case 'commander.unknownOption':
      return [`${command} has no flag ${flagName(first)}.`];
    case 'commander.missingArgument':
      return [`${command} needs <${first}>.`];
    case 'commander.optionMissingArgument':
      return [`${flagName(first)} needs a value: ${first}.`];
    case 'commander.excessArguments':
      return [`${command} takes fewer arguments than are given.`];
    case 'commander.invalidArgument':
      return [`${flagName(first)} takes another value.`, choicesIn(message)];
    default:
      return [message.replace(/^error: /, '')];
  }
}

/** Without what may be a value: `--secret=x`, `-sx`. */
function flagName(text: string): string {
  return /^--[^=\s]+|^-./.exec(text)?.[0] ?? text;
}

function choicesIn(message: string): string | undefined {
  const choices = /Allowed choices are (.+)\.$/s.exec(message)?.[1];
  return choices === undefined ? undefined : `Choose one of ${choices}.`;
}
