import { HookError } from '../../errors.js';
import { EXIT } from '../../report/exit-code.js';
import { inLine } from '../../report/foreign-text.js';
import type { CommandContext } from '../context.js';
import { SUMMARIES } from '../summaries.js';
import { usageOf } from './command-shape.js';
import { complete } from './complete.js';
import type { CompletionRequest, Declared } from './request.js';
import { scriptFor } from './scripts.js';
import { SHELLS } from './shells.js';
import { valuesOf } from './values.js';

/** Prints the script of a shell, or answers one. Returns the exit code. */
export async function completion(
  { shell, words, newWord }: CompletionRequest,
  declared: Declared,
  { world }: CommandContext,
): Promise<number> {
  const known = SHELLS.find((name) => name === shell);
  if (known !== undefined) {
    if (words.length > 0) throw tooManyWords();
    await world.stdout.write(scriptFor(known));
    return EXIT.satisfied;
  }
  if (shell !== 'words') throw unknownShell();
  const { candidates, files } = await complete(newWord === true ? [...words, ''] : words, {
    commands: Object.entries(SUMMARIES).map(([value, { does }]) => ({ value, text: does })),
    usageOf: async (name) => {
      const command = await declared(name);
      return command && usageOf(command);
    },
    valuesOf: (value) => valuesOf(value, world.env),
  });
  const lines = candidates.map(({ value, text }) =>
    [value, text].flatMap((part) => (part === undefined ? [] : [inLine(part)])).join('\t'),
  );
  await world.stdout.write(`${[...lines, files ? ':files' : ':words'].join('\n')}\n`);
  return EXIT.satisfied;
}

function tooManyWords(): HookError {
  return new HookError('bad-flag', 'completion takes the name of one shell.');
}

function unknownShell(): HookError {
  return new HookError(
    'bad-flag',
    'There is no script for that shell.',
    `Choose one of ${SHELLS.join(', ')}.`,
  );
}
