import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { SUMMARIES } from '../summaries.js';
import { withFlags } from '../with-flags.js';
import { BURST_FLAGS, type BurstFlags } from './flags.js';

const EXAMPLES = `
Examples:
  inqud-hook burst 3000/webhooks --rate 200/s --for 30s
  inqud-hook burst 3000/webhooks --rate 200/s --arrivals poisson --allow 1%
  inqud-hook burst 3000/webhooks --ramp 50/s..500/s --for 1m
  inqud-hook burst 3000/webhooks --find-limit --p99 500ms
      the highest rate that holds, as forecast takes it
  inqud-hook burst 3000/webhooks --arrivals catch-up --rate 20/min \\
      --outage 3h --backoff published --for 10m
      the wave that follows an outage, at its real pace
  inqud-hook burst 3000/webhooks --event checkout.success --rate 1000/s
  inqud-hook burst 3000/webhooks --state-url '3000/orders/{id}'
      and afterwards, whether all that was acknowledged is there

Web hooks leave when they are due, whatever is still unanswered, and times to
answer count from then. Each is signed, and of a resource of its own life.
Another machine is sent 50 a second at most.

Exit codes: 0 every web hook answered 200 in time, and kept · 1 not
            2 asked wrongly · 3 never connected, or all was well but the rate
            was not kept or no state told anything · 130 interrupted`;

export function declareBurst(program: Command, context: CommandContext): void {
  const command = program
    .command('burst')
    .argument('<url>', 'your receiver: a URL, host:port or port')
    .description(SUMMARIES.burst.does);
  withFlags(command, BURST_FLAGS)
    .addHelpText('after', EXAMPLES)
    .action(async (url: string, flags: BurstFlags) => {
      const { burst } = await import('./action.js');
      context.exitWith(await burst(url, flags, context));
    });
}
