import { type Command, Option } from 'commander';
import {
  parseDuration,
  parseDurations,
  parseTimeLimit,
  parseTimeScale,
  parseWindow,
} from '../duration.js';
import { type Format, formatOption } from '../format.js';
import { parseFactor, parseRate, wholeNumber } from '../numbers.js';
import { repeatable, type TargetFlags, withSecretOptions, withTargetOptions } from '../options.js';
import type { CommandContext } from '../program.js';
import type { SecretFlags } from '../secrets.js';

/** The flags that shape a plan: with `--plan` the file has already said all of it. */
export interface PlanFlags {
  readonly lifecycle?: readonly string[];
  readonly event?: readonly string[];
  readonly resources?: number;
  readonly spacing?: number;
  readonly set?: readonly string[];
  readonly backoff?: string;
  readonly base?: number;
  readonly factor?: number;
  readonly maxWait?: number;
  readonly jitter?: number;
  readonly retries?: number;
  readonly timeout?: number;
  readonly duplicates?: number;
  readonly reorder?: number;
  readonly lostAcks?: number;
  readonly overlaps?: number;
  readonly outage?: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly drops?: number;
  readonly chaos?: boolean;
  readonly seed?: string;
  readonly fresh?: boolean;
}

export interface SimulateFlags extends PlanFlags, TargetFlags, SecretFlags {
  readonly plan?: string;
  readonly savePlan?: string;
  readonly dryRun?: boolean;
  readonly concurrency: number;
  readonly timeScale?: number;
  readonly realTime?: boolean;
  readonly receiver?: string;
  readonly unsigned?: boolean;
  readonly format: Format;
}

const MOST_RESOURCES = 10_000_000;
const MOST_CONCURRENCY = 1_024;
const MOST_RETRIES = 100;

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
    .option('--set <path=value>', 'change a field of every body, repeatable', repeatable)
    .optionsGroup('Retries:')
    .option('--backoff <schedule>', 'exponential, published, or a list: 1m,5m,30m')
    .option('--base <duration>', 'first exponential wait (2m, an assumption)', parseDuration)
    .option('--factor <n>', 'growth of exponential waits (2, an assumption)', parseFactor)
    .option('--max-wait <duration>', 'no wait is longer', parseDuration)
    .option('--jitter <rate>', 'shorten waits at random by up to this share', parseRate)
    .option('--retries <n>', 'retries after the first attempt (10)', wholeNumber(0, MOST_RETRIES))
    .option('--timeout <duration>', 'real time to answer (10s)', parseTimeLimit)
    .optionsGroup('Faults, ours and on purpose:')
    .option('--chaos', 'all but drops, each at least once')
    .option('--duplicates <rate>', 'extra attempts, together or later', parseRate)
    .option('--reorder <duration>', 'first attempts late by up to this', parseDuration)
    .option('--lost-acks <rate>', 'answers the sender never hears', parseRate)
    .option('--overlaps <rate>', 'retries that leave while one is under way', parseRate)
    .option('--outage <from..to>', 'nothing gets through, repeatable', collectWindows)
    .option('--drops <rate>', 'events that are never sent', parseRate)
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
    .option('--receiver <behaviour>', 'which built-in receiver (demo)')
    .option('--unsigned', 'send no digest')
    .addOption(formatOption())
    .optionsGroup('Target and secret:')
    .addHelpText('after', EXAMPLES);
  withSecretOptions(withTargetOptions(command)).action(
    async (url: string | undefined, flags: SimulateFlags) => {
      const { simulateRetries } = await import('../actions/simulate-retries.js');
      context.exitWith(await simulateRetries(url, flags, context));
    },
  );
}

function collectWindows(text: string, before: readonly ReturnType<typeof parseWindow>[] = []) {
  return [...before, parseWindow(text)];
}

/** Reads `--backoff 1m,5m`; undefined when it names a schedule instead. */
export function backoffList(text: string): readonly number[] | undefined {
  return text === 'exponential' || text === 'published' ? undefined : parseDurations(text);
}
