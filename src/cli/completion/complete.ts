import type { CommandUsage, FlagShape, ValueShape } from './command-shape.js';

/** A word that can stand where the cursor is, and what it means. */
export interface Candidate {
  readonly value: string;
  readonly text?: string | undefined;
}

export interface Completions {
  readonly candidates: readonly Candidate[];
  /** The path of a file can stand there; the shell knows those. */
  readonly files: boolean;
}

/** What words are completed from. */
export interface Vocabulary {
  readonly commands: readonly Candidate[];
  readonly usageOf: (command: string) => Promise<CommandUsage | undefined>;
  readonly valuesOf: (value: ValueShape) => Promise<Completions>;
}

const NOTHING: Completions = { candidates: [], files: false };
const HELP: Candidate = { value: 'help', text: 'Say what a command can do.' };
const PROGRAM_FLAGS: readonly Candidate[] = [
  { value: '--help', text: 'what the program can do' },
  { value: '--version', text: 'its version' },
  { value: '--no-color', text: 'plain output, as with NO_COLOR' },
];

/** What can stand in the place of the last word, which may be empty. */
export async function complete(
  words: readonly string[],
  vocabulary: Vocabulary,
): Promise<Completions> {
  const before = words.slice(0, -1);
  const current = words.at(-1) ?? '';
  const at = before.findIndex((word) => !word.startsWith('-'));
  const name = before[at];
  if (name === undefined) {
    return begunBy(
      current,
      current.startsWith('-') ? PROGRAM_FLAGS : [...vocabulary.commands, HELP],
    );
  }
  if (name === 'help') return begunBy(current, vocabulary.commands);
  const usage = await vocabulary.usageOf(name);
  if (usage === undefined) return NOTHING;
  return completeArgument(usage, { said: before.slice(at + 1), current }, vocabulary);
}

interface Place {
  /** What was said to the command before. */
  readonly said: readonly string[];
  readonly current: string;
}

async function completeArgument(
  usage: CommandUsage,
  { said, current }: Place,
  { valuesOf }: Vocabulary,
): Promise<Completions> {
  const { awaiting, operands, onlyOperands } = heard(usage, said);
  if (awaiting !== undefined) return valuesBegunBy(current, await valuesOf(awaiting));
  if (!onlyOperands && current.startsWith('-')) {
    const [flag, value] = splitFlag(current);
    if (value === undefined) return begunBy(current, flagsOf(usage));
    const shape = flagNamed(usage, flag)?.value;
    if (shape === undefined) return NOTHING;
    return behind(`${flag}=`, valuesBegunBy(value, await valuesOf(shape)));
  }
  const operand = operandAt(usage, operands);
  const found = operand === undefined ? NOTHING : valuesBegunBy(current, await valuesOf(operand));
  if (found.files || found.candidates.length > 0 || current !== '' || onlyOperands) return found;
  return begunBy(current, flagsOf(usage));
}

/** What the words before say: whose value comes next, and how many operands there were. */
function heard(usage: CommandUsage, said: readonly string[]) {
  let awaiting: ValueShape | undefined;
  let operands = 0;
  let onlyOperands = false;
  for (const word of said) {
    if (awaiting !== undefined) awaiting = undefined;
    else if (onlyOperands || !word.startsWith('-') || word === '-') operands += 1;
    else if (word === '--') onlyOperands = true;
    else awaiting = flagNamed(usage, word)?.value;
  }
  return { awaiting, operands, onlyOperands };
}

function flagNamed({ flags }: CommandUsage, word: string): FlagShape | undefined {
  return flags.find(({ long, short }) => long === word || short === word);
}

function splitFlag(word: string): readonly [flag: string, value?: string] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at === -1 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

function flagsOf({ flags }: CommandUsage): readonly Candidate[] {
  return flags.map(({ long, help }) => ({ value: long, text: help }));
}

function operandAt({ operands }: CommandUsage, index: number): ValueShape | undefined {
  const last = operands.at(-1);
  return operands[index] ?? (last?.isRepeated === true ? last : undefined);
}

/** Behind `html=` stands the path of a file. */
function valuesBegunBy(current: string, { candidates, files }: Completions): Completions {
  const isPath = candidates.some(({ value }) => value.endsWith('=') && current.startsWith(value));
  return isPath ? { candidates: [], files: true } : { ...begunBy(current, candidates), files };
}

function begunBy(current: string, candidates: readonly Candidate[]): Completions {
  return { candidates: candidates.filter(({ value }) => value.startsWith(current)), files: false };
}

function behind(prefix: string, { candidates, files }: Completions): Completions {
  return {
    candidates: candidates.map(({ value, text }) => ({ value: `${prefix}${value}`, text })),
    files,
  };
}
