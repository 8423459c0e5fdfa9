import { type CommandContext, VERSION } from './context.js';
import { plainWords } from './plain-words.js';

/**
 * Does what is asked where the program's start is most of the wait: it says its version, or verifies.
 * False where the words want a closer look.
 */
export async function doneQuickly(context: CommandContext): Promise<boolean> {
  const [first = '', ...words] = context.argv;
  if (first === 'verify') return verifiesQuickly(words, context);
  if (!['--version', '-v'].includes(first) || words.length > 0) return false;
  await context.world.stdout.write(`${VERSION}\n`);
  return true;
}

async function verifiesQuickly(
  words: readonly string[],
  context: CommandContext,
): Promise<boolean> {
  const { VERIFY_FLAGS } = await import('./verify/flags.js');
  const plain = plainWords(VERIFY_FLAGS, words);
  if (plain === undefined || plain.operands.length === 0) return false;
  const { verify } = await import('./verify/action.js');
  context.exitWith(await verify(plain.operands, plain.flags, context));
  return true;
}
