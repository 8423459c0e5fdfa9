import type { Argument, Command, Option } from 'commander';
import { createProgram } from '../../../src/cli/program.js';
import { printingWorld } from '../../world.js';
import { bold, escaped, filled, verbatim } from './roff.js';

/** The man page: what the help of the program and of each command says. */
export async function manPage(): Promise<string> {
  const printed: string[] = [];
  const world = printingWorld((text) => printed.push(text));
  const program = await createProgram({ world, argv: ['all'], exitWith: () => {} });
  const textAfterHelp = (command: Command) => {
    printed.length = 0;
    command.outputHelp();
    return printed.join('').slice(command.helpInformation().length).trim();
  };
  const options = program.createHelp().visibleOptions(program);
  return `${[
    '.\\" Written by `npm run man-page` from the help.',
    `.TH ${escaped(program.name().toUpperCase())} 1`,
    '.SH NAME',
    `${escaped(program.name())} \\- ${escaped(lowerCase(program.description()))}`,
    '.SH SYNOPSIS',
    bold(program.name()) + escaped(` ${program.usage()}`),
    '.SH DESCRIPTION',
    filled(program.description()),
    '.SH OPTIONS',
    ...options.map((option) => optionText(program, option)),
    '.SH COMMANDS',
    ...program.commands.map((command) => commandText(command, textAfterHelp(command))),
    '.SH NOTES',
    ...notesText(textAfterHelp(program)).slice(1),
  ].join('\n')}\n`;
}

/** @param notes what follows the flags in the help of the command */
function commandText(command: Command, notes: string): string {
  const help = command.createHelp();
  return [
    `.SS ${escaped(help.commandUsage(command))}`,
    filled(command.description()),
    ...help.visibleArguments(command).map((argument) => argumentText(command, argument)),
    ...[...groupsOf(command)].flatMap(([heading, options]) =>
      options.length === 0
        ? []
        : ['.PP', bold(heading), ...options.map((option) => optionText(command, option))],
    ),
    ...notesText(notes),
  ].join('\n');
}

/** Paragraphs. Examples and exit codes stay as they are; the rest is prose. */
function notesText(notes: string): readonly string[] {
  const blocks = notes.split(/\n\n|\n(?=Exit codes:)/).filter((block) => block !== '');
  return blocks.flatMap((block) => {
    const [heading = '', ...lines] = block.split('\n');
    if (heading.startsWith('Exit codes:')) return ['.PP', verbatim(block)];
    if (heading !== 'Examples:') return ['.PP', filled(block)];
    const examples = lines.map((line) => line.replace(/^ {2}/, ''));
    return ['.PP', bold(heading), verbatim(examples.join('\n'))];
  });
}

/** By their headings, but for --help, which every command has. */
function groupsOf(command: Command): ReadonlyMap<string, readonly Option[]> {
  const help = command.createHelp();
  return help.groupItems(
    [...command.options],
    command.options.filter(({ hidden }) => !hidden),
    (option) => option.helpGroupHeading ?? 'Options:',
  );
}

function optionText(command: Command, option: Option): string {
  const help = command.createHelp();
  return entry(help.optionTerm(option), help.optionDescription(option));
}

function argumentText(command: Command, argument: Argument): string {
  const help = command.createHelp();
  return entry(help.argumentTerm(argument), help.argumentDescription(argument));
}

function entry(term: string, text: string): string {
  return ['.TP', bold(term), filled(text)].join('\n');
}

function lowerCase(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`.replace(/\.$/, '');
}
