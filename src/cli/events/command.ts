import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { SUMMARIES } from '../summaries.js';
import { withFlags } from '../with-flags.js';
import { EVENTS_FLAGS, type EventsFlags } from './flags.js';

const EXAMPLES = `
Examples:
  inqud-hook events
  inqud-hook events checkout
  inqud-hook events checkout.success`;

export function declareEvents(program: Command, context: CommandContext): void {
  const command = program
    .command('events')
    .argument('[name]', 'a kind, or one event: kind.status')
    .description(SUMMARIES.events.does);
  withFlags(command, EVENTS_FLAGS)
    .addHelpText('after', EXAMPLES)
    .action(async (name: string | undefined, flags: EventsFlags) => {
      const { events } = await import('./action.js');
      context.exitWith(await events(name, flags, context));
    });
}
