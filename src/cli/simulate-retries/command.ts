import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { SUMMARIES } from '../summaries.js';
import { withFlags } from '../with-flags.js';
import { SIMULATE_FLAGS, type SimulateFlags } from './flags.js';

const EXAMPLES = `
Examples:
  inqud-hook simulate-retries --chaos
      the whole story, against the built-in receiver
  inqud-hook simulate-retries 3000/webhooks/inqud --chaos --seed 7
      the same faults against yours, the same every time
  inqud-hook simulate-retries 3000/webhooks --lifecycle payment --resources 50
  inqud-hook simulate-retries 3000/webhooks --backoff 1m,5m,30m --outage 0..20m

Behaviours of the built-in receiver:
  demo             refuses, answers 204, hangs, accepts late, and then is well
  healthy          answers 200 at once
  flaky:<n>        fails the first n attempts of an event
  down:<duration>  fails until then, in plan time
  slow:<duration>  answers 200 after that, in real time
  status:<code>    answers nothing else
  silent           never answers

Waits pass in no time unless --time-scale or --real-time is given. A seed
repeats what is sent; a receiver that answers differently gets a different run.

Exit codes: 0 all acknowledged · 1 something was lost · 2 asked wrongly
            3 never connected, or everything withheld · 130 interrupted`;

export function declareSimulateRetries(program: Command, context: CommandContext): void {
  const command = program
    .command('simulate-retries')
    .argument('[url]', 'your receiver: a URL, host:port or port; none starts the built-in one')
    .description(SUMMARIES['simulate-retries'].does);
  withFlags(command, SIMULATE_FLAGS)
    .addHelpText('after', EXAMPLES)
    .action(async (url: string | undefined, flags: SimulateFlags) => {
      const { simulateRetries } = await import('./action.js');
      context.exitWith(await simulateRetries(url, flags, context));
    });
}
