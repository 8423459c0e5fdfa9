import { type Command, Option } from 'commander';
import { sizeText } from '../capture/size-text.js';
import { duration } from '../report/time.js';
import { parseByteSize } from './byte-size.js';
import { parseDuration, parseTimeLimit } from './duration.js';
import { type Flag, type FlagGroups, longFlag } from './flags.js';
import { named } from './named.js';
import { wholeNumber } from './numbers.js';

/** Gives a command its flags. */
export function withFlags(command: Command, groups: FlagGroups): Command {
  for (const [heading, flags] of Object.entries(groups)) {
    if (heading !== '') command.optionsGroup(heading);
    for (const [name, flag] of Object.entries(flags)) command.addOption(optionOf(name, flag));
  }
  return command;
}

/** What the help says of a flag. */
export function helpOf(flag: Flag): string {
  if (!('absent' in flag) || flag.absent === undefined) return flag.help;
  const note = 'note' in flag && flag.note !== undefined ? `, ${flag.note}` : '';
  return `${flag.help} (${shown(flag, flag.absent)}${note})`;
}

function shown(flag: Flag, value: unknown): string {
  const type = 'type' in flag ? flag.type : undefined;
  if (type === 'duration' || type === 'time-limit') return duration(Number(value));
  return type === 'size' ? sizeText(Number(value)).replace(' ', '') : String(value);
}

function optionOf(name: string, flag: Flag): Option {
  const option = new NamedOption(flag.flag, helpOf(flag), name);
  const parse = parserOf(flag);
  if (parse !== undefined) option.argParser<unknown>(naming(longFlag(flag), parse));
  if ('choices' in flag) option.choices(flag.choices);
  return 'default' in flag ? option.default(flag.default) : option;
}

type Parser = (text: string, before: unknown) => unknown;

/** What is wrong with a value is said of its flag. */
function naming(flag: string, parse: Parser): Parser {
  return (text, before) => named(flag, () => parse(text, before));
}

function parserOf(flag: Flag): Parser | undefined {
  if ('parse' in flag) return flag.parse as Parser;
  switch (flag.type) {
    case 'texts':
      return repeatable as Parser;
    case 'duration':
      return parseDuration;
    case 'time-limit':
      return parseTimeLimit;
    case 'size':
      return parseByteSize;
    case 'whole':
      return wholeNumber(flag.least, flag.most);
    default:
      return undefined;
  }
}

/** Gathers a flag that can be given more than once. */
function repeatable(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** An option whose value an action finds under the name of the statement. */
class NamedOption extends Option {
  readonly #name: string;

  constructor(flags: string, description: string, name: string) {
    super(flags, description);
    this.#name = name;
  }

  override attributeName(): string {
    return this.#name;
  }
}
