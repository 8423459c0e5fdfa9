import { HookError } from '../errors.js';
import type { Stdin, World } from './world.js';

/** Standard input can be read only once; a person at a terminal is told that it is being read. */
export function stdinReadOnce({ stdin, stderr }: World): Stdin {
  let isTaken = false;
  const takeUnsaid = (): void => {
    if (isTaken) throw takenTwice();
    isTaken = true;
  };
  const take = (): void => {
    takeUnsaid();
    if (stdin.isTerminal) void stderr.write('Reading standard input; Ctrl-D ends it.\n');
  };
  return {
    get isTerminal() {
      return stdin.isTerminal;
    },
    read: async () => {
      take();
      return stdin.read();
    },
    stream: () => {
      take();
      return stdin.stream();
    },
    line: async () => {
      takeUnsaid();
      return stdin.line();
    },
  };
}

function takenTwice(): HookError {
  return new HookError(
    'bad-flag',
    'Standard input is asked for twice, and can be read once.',
    'Put one of the two in a file.',
  );
}
