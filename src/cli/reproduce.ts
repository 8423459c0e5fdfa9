import { shellLine } from '../report/shell-words.js';
import type { World } from './world.js';

/** A flag whose value must not be shown again. */
const SECRET_FLAG = '--secret';
/** Another secret beside it, in `verify`. */
const ALSO_SECRET_FLAG = '--also-secret';
const ALSO_ELSEWHERE = ['--also-secret-env', 'INQUD_HOOK_ALSO_SECRET'];
const STATE_HEADER = '--state-header';
const STATE_HEADER_ENV = '--state-header-env';
/** The secret must come from somewhere: here it is asked for when it is not there. */
const SECRET_ELSEWHERE = ['--secret-env', 'INQUD_HOOK_SECRET'];

/** How the program was started, and with which words of its own. */
export interface Started {
  readonly argv: readonly string[];
  readonly world: Pick<World, 'startedAs'>;
}

/** The command line that gives the same run again: as typed, with the seed that was drawn and no secret. */
export function reproduceCommand({ argv, world }: Started, seed: string | undefined): string {
  const words = argv.flatMap((word, index) => shownWord(word, argv[index - 1]));
  const hasSeed = words.some((word) => word === '--seed' || word.startsWith('--seed='));
  const isPlan = words.some((word) => word === '--plan' || word.startsWith('--plan='));
  const added = hasSeed || isPlan || seed === undefined ? [] : ['--seed', seed];
  return shellLine([...world.startedAs(), ...words, ...added]);
}

/** The same command, without what has nothing to do with delivering a saved failure again. */
export function replayCommand({ argv, world }: Started, path: string): string {
  const words = argv.filter(
    (word, index) => !isFlagOf(word, ONLY_ONCE) && !isValueOf(argv[index - 1], ONLY_ONCE),
  );
  const shown = words.flatMap((word, index) => shownWord(word, words[index - 1]));
  return shellLine([...world.startedAs(), ...shown, '--replay', path]);
}

/** The same check, with a state whose place is a guess. */
export function withStateCommand({ argv, world }: Started, url: string): string {
  const kept = argv.filter((word) => word !== '--black-box');
  const words = kept.flatMap((word, index) => shownWord(word, kept[index - 1]));
  const state = `${new URL(url).origin}/orders/{clientOrderId}`;
  return shellLine([...world.startedAs(), ...words, '--state-url', state]);
}

/** They choose what is tried, or where the report of it goes. */
const ONLY_ONCE = [
  '--rules',
  '--skip',
  '--runs',
  '--budget',
  '--seed',
  '--save',
  '--report',
  '--baseline',
  '--format',
];

function isFlagOf(word: string, flags: readonly string[]): boolean {
  return flags.some((flag) => word === flag || word.startsWith(`${flag}=`));
}

function isValueOf(before: string | undefined, flags: readonly string[]): boolean {
  return before !== undefined && flags.includes(before);
}

/** The header of a state, its value from a variable of its own: it is asked for when it is not there. */
function headerElsewhere(text: string): string {
  const colon = text.indexOf(':');
  const name = colon > 0 ? text.slice(0, colon).trim() : 'Authorization';
  const variable = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
  return `${name}: INQUD_HOOK_STATE_${variable}`;
}

function shownWord(word: string, before: string | undefined): readonly string[] {
  if (before === STATE_HEADER) return [headerElsewhere(word)];
  if (word === STATE_HEADER) return [STATE_HEADER_ENV];
  if (word.startsWith(`${STATE_HEADER}=`)) {
    return [STATE_HEADER_ENV, headerElsewhere(word.slice(STATE_HEADER.length + 1))];
  }
  if (before === SECRET_FLAG || before === ALSO_SECRET_FLAG) return [];
  if (word === ALSO_SECRET_FLAG || word.startsWith(`${ALSO_SECRET_FLAG}=`)) return ALSO_ELSEWHERE;
  return word === SECRET_FLAG || word.startsWith(`${SECRET_FLAG}=`) ? SECRET_ELSEWHERE : [word];
}
