import type { Argument, Command, Option } from 'commander';

/** What can be said where a value stands. */
export interface ValueShape {
  /** The flag that it belongs to: `--kind`; undefined of an operand. */
  readonly flag: string | undefined;
  /** As the help names it: `kind`, `format=file`. */
  readonly placeholder: string;
  /** All that it may be, where that is declared. */
  readonly choices: readonly string[] | undefined;
}

export interface FlagShape {
  readonly long: string;
  readonly short: string | undefined;
  readonly help: string;
  /** Undefined of a flag that stands alone. */
  readonly value: ValueShape | undefined;
}

interface OperandShape extends ValueShape {
  readonly isRepeated: boolean;
}

/** What a command can be told. */
export interface CommandUsage {
  readonly flags: readonly FlagShape[];
  readonly operands: readonly OperandShape[];
}

/** As commander knows it. */
export function usageOf(command: Command): CommandUsage {
  return {
    flags: command.createHelp().visibleOptions(command).flatMap(flagShape),
    operands: command.registeredArguments.map(operandShape),
  };
}

function flagShape(option: Option): readonly FlagShape[] {
  const { long, short, flags, description, required, optional, argChoices: choices } = option;
  if (typeof long !== 'string') return [];
  const [, placeholder = ''] = /[<[](.+)[>\]]$/.exec(flags) ?? [];
  const value = required || optional ? { flag: long, placeholder, choices } : undefined;
  return [{ long, short, help: description, value }];
}

function operandShape(argument: Argument): OperandShape {
  return {
    flag: undefined,
    placeholder: argument.name(),
    choices: argument.argChoices,
    isRepeated: argument.variadic,
  };
}
