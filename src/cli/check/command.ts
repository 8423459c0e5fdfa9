import { type Command, Option } from 'commander';
import { parseByteSize } from '../byte-size.js';
import type { CommandContext } from '../context.js';
import { parseDuration } from '../duration.js';
import { wholeNumber } from '../numbers.js';
import { repeatable, withSecretOptions, withTargetOptions } from '../options.js';
import { CHECK_FORMATS, type CheckFlags } from './flags.js';

const EXAMPLES = `
Examples:
  inqud-hook check 3000/webhooks/inqud --state-url '3000/orders/{clientOrderId}'
  inqud-hook check 3000/hooks --state-command './state.sh' --kind checkout
  inqud-hook check 3000/hooks --black-box --rules 'signature/*'
  inqud-hook check 3000/hooks --black-box --report junit=out.xml
  inqud-hook check 3000/hooks --state-url '3000/o/{id}' --replay failing.json

{id}, {clientOrderId} and {kind} in --state-url stand for those of a resource.
Commands get INQUD_HOOK_ID, INQUD_HOOK_CLIENT_ORDER_ID, INQUD_HOOK_REFERENCE_ID,
  INQUD_HOOK_KIND and INQUD_HOOK_AMOUNT in their environment.
A shop that makes its own order ids lets --prepare print them:
  clientOrderId=A-17 or {"clientOrderId": "A-17"}, and id=… in the same way.
A seed replays what we deliver; a receiver that answers differently gets a
  different run.
Flags can be kept in inqud-hook.config.json: {"check": {"stateUrl": "…"}}.
Exit codes: 0 every must holds · 1 a must failed · 2 asked wrongly
            3 nothing failed, but a must could not be told`;

export function declareCheck(program: Command, context: CommandContext): void {
  const command = program
    .command('check')
    .argument('[url]', 'your receiver: a URL, host:port or port')
    .description('Find out whether your receiver would survive production.')
    .optionsGroup("Your receiver's state:")
    .option('--state-url <template>', 'GET this to read the state of a resource')
    .option('--state-command <command>', 'run this to read it instead')
    .option('--state-ignore <path>', 'leave this out of states, repeatable', repeatable)
    .option('--state-only <path>', 'look at nothing but this, repeatable', repeatable)
    .option('--state-limit <size>', 'read no longer states than this (1MiB)', parseByteSize)
    .option('--black-box', 'do without: judge by answers alone')
    .optionsGroup('What is checked:')
    .option('--kind <kind>', 'only this kind of web hook, repeatable', repeatable)
    .option('--rules <pattern>', "only these rules, e.g. 'ordering/*', repeatable", repeatable)
    .option('--skip <pattern>', 'not these rules, repeatable', repeatable)
    .option('--runs <n>', 'random delivery plans to try (40)', wholeNumber(0, 100_000))
    .option('--budget <duration>', 'stop trying random plans after this', parseDuration)
    .option('--seed <text>', 'the same plans again (drawn when absent)')
    .option('--linger <duration>', 'age of the oldest duplicate (5s)', parseDuration)
    .option('--timeout <duration>', 'time to answer (10s)', parseDuration)
    .option('--replay <file>', 'only the failing deliveries saved in this file')
    .optionsGroup('Commands of yours:')
    .option('--prepare <command>', 'make the order a resource belongs to')
    .option('--reset <command>', 'clear the receiver before each rule')
    .option('--fault-on <command>', "make the receiver's work fail")
    .option('--fault-off <command>', 'make it work again')
    .option('--mock-api <port>', "play Inqud's API on this port", wholeNumber(0, 65_535))
    .option('--heal-within <duration>', 'time to ask it for what was lost (30s)', parseDuration)
    .optionsGroup('Report:')
    .addOption(new Option('--format <format>', 'how to say it (pretty)').choices(CHECK_FORMATS))
    .option('--report <format=file>', 'say it in a file as well, repeatable', repeatable)
    .option('--baseline <file>', 'failures that are accepted for now')
    .option('--save <file>', 'where a failing script goes (inqud-hook-failing.json)')
    .option('--config <file>', 'flags as JSON (inqud-hook.config.json)')
    .optionsGroup('Target and secret:')
    .addHelpText('after', EXAMPLES);
  withSecretOptions(withTargetOptions(command)).action(
    async (url: string | undefined, flags: CheckFlags) => {
      const { check } = await import('./action.js');
      context.exitWith(await check(url, flags, context));
    },
  );
}
