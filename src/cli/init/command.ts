import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { SUMMARIES } from '../summaries.js';
import { withFlags } from '../with-flags.js';
import { INIT_FLAGS, type InitFlags } from './flags.js';

const NOTES = `
It looks at the files of this folder and at the ports that listen on this
machine, and sends nothing. It writes the name of the variable that holds your
secret, and never its value. What is there already is not written over.
Without --yes it asks in a terminal, and elsewhere only shows what it would
write.

Examples:
  inqud-hook init
  inqud-hook init --yes

Exit codes: 0 done, or shown · 2 all of it is there already, or cannot be
            written`;

export function declareInit(program: Command, context: CommandContext): void {
  const command = program.command('init').description(SUMMARIES.init.does);
  withFlags(command, INIT_FLAGS)
    .addHelpText('after', NOTES)
    .action(async (flags: InitFlags) => {
      const { init } = await import('./action.js');
      context.exitWith(await init(flags, context));
    });
}
