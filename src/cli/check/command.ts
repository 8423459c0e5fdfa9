import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { SUMMARIES } from '../summaries.js';
import { withFlags } from '../with-flags.js';
import { CHECK_FLAGS, CHECK_URL, type CheckFlags } from './flags.js';

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
    .argument('[url]', CHECK_URL)
    .description(SUMMARIES.check.does);
  withFlags(command, CHECK_FLAGS)
    .addHelpText('after', EXAMPLES)
    .action(async (url: string | undefined, flags: CheckFlags) => {
      const { check } = await import('./action.js');
      context.exitWith(await check(url, flags, context));
    });
}
