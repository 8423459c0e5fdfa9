import type { Flag, FlagGroups, GroupedFlags } from './flags.js';

/** What plain words say: what they name, and the flags beside it. */
export interface PlainWords<Flags> {
  readonly operands: readonly string[];
  readonly flags: Flags;
}

/**
 * Reads words that leave nothing to interpret: the flags of a command in full, each value in a word of
 * its own. Undefined for all else, which commander reads, or says what is wrong with; it says the same
 * of plain words, and takes as long to load as the rest of the program.
 */
export function plainWords<Groups extends FlagGroups>(
  groups: Groups,
  words: readonly string[],
): PlainWords<GroupedFlags<Groups>> | undefined {
  const known = Object.values(groups).flatMap((flags) => Object.entries(flags));
  const values = defaultsOf(known);
  const operands: string[] = [];
  const rest = words[Symbol.iterator]();
  for (const word of rest) {
    if (isOperand(word)) {
      operands.push(word);
      continue;
    }
    const [name, flag] = known.find(([, { flag }]) => flag.split(' ', 1)[0] === word) ?? [];
    if (name === undefined || flag === undefined) return undefined;
    const value = takeValue(flag, rest, values[name]);
    if (value === undefined) return undefined;
    values[name] = value;
  }
  return { operands, flags: values as GroupedFlags<Groups> };
}

function isOperand(word: string): boolean {
  return word === '-' || !word.startsWith('-');
}

function defaultsOf(known: readonly (readonly [string, Flag])[]): Record<string, unknown> {
  return Object.fromEntries(
    known.flatMap(([name, flag]) => ('default' in flag ? [[name, flag.default]] : [])),
  );
}

/** Undefined for what is not plain. */
function takeValue(flag: Flag, rest: Iterator<string, undefined>, before: unknown): unknown {
  if (!('type' in flag)) return undefined;
  if (flag.type === 'on') return true;
  const word = rest.next().value;
  if (word === undefined || !isOperand(word)) return undefined;
  switch (flag.type) {
    case 'text':
      return word;
    case 'texts':
      return [...(Array.isArray(before) ? before : []), word];
    case 'choice':
      return flag.choices.includes(word) ? word : undefined;
    default:
      return undefined;
  }
}
