import { type Command, Option } from 'commander';
import type { CommandContext } from '../context.js';
import { parseDuration, parseTimeScale } from '../duration.js';
import { formatOption } from '../format.js';
import { wholeNumber } from '../numbers.js';
import { repeatable, withSecretOptions, withTargetOptions } from '../options.js';
import { withFaultOptions, withRetryOptions } from '../runs/delivery-options.js';
import type { SimulateFlags } from './flags.js';

const MOST_RESOURCES = 10_000_000;
const MOST_CONCURRENCY = 1_024;

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
    .description('Deliver as Inqud does: 200 or retry, with duplicates, reordering and loss.')
    .optionsGroup('What is delivered:')
    .option('--lifecycle <kind[:end]>', 'a life, e.g. checkout or checkout:expired', repeatable)
    .option('--event <kind.status>', 'single events, repeatable', repeatable)
    .option('--resources <n>', 'how many live that life (1)', wholeNumber(1, MOST_RESOURCES))
    .option('--spacing <duration>', 'time between events of a resource (1m)', parseDuration)
    .option('--set <path=value>', 'change a field of every body, repeatable', repeatable);
  withFaultOptions(withRetryOptions(command))
    .optionsGroup('The same again:')
    .option('--seed <text>', 'repeats a run byte for byte (drawn when absent)')
    .option('--fresh', 'the same faults on new ids and times')
    .option('--save-plan <path>', 'write the plan to a file')
    .addOption(new Option('--plan <path>', 'run a saved plan'))
    .option('--dry-run', 'print the plan as JSON, send nothing')
    .optionsGroup('How it runs:')
    .option('--concurrency <n>', 'attempts in flight', wholeNumber(1, MOST_CONCURRENCY), 16)
    .option('--time-scale <plan=real>', 'wait in between, e.g. 1h=1s', parseTimeScale)
    .option('--real-time', 'wait as long as Inqud does')
    .option(
      '--mock-api <port>',
      "serve Inqud's API beside it; 0 picks a port",
      wholeNumber(0, 65_535),
    )
    .option('--receiver <behaviour>', 'which built-in receiver (demo)')
    .option('--unsigned', 'send no digest')
    .option('--verbose', 'list every attempt, also of more than 1,000 events')
    .option('--quiet', 'print the summary alone')
    .addOption(formatOption())
    .optionsGroup('Target and secret:')
    .addHelpText('after', EXAMPLES);
  withSecretOptions(withTargetOptions(command)).action(
    async (url: string | undefined, flags: SimulateFlags) => {
      const { simulateRetries } = await import('./action.js');
      context.exitWith(await simulateRetries(url, flags, context));
    },
  );
}
