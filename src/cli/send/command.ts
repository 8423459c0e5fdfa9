import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { SUMMARIES } from '../summaries.js';
import { withFlags } from '../with-flags.js';
import { SEND_FLAGS, type SendFlags } from './flags.js';

const EXAMPLES = `
Examples:
  inqud-hook send 3000/webhooks/inqud
  inqud-hook send 3000/webhooks --event request.conflict --set paidAmount=12.50
  inqud-hook send 3000/webhooks --body @captured.json
  inqud-hook send 3000/webhooks --tamper other-secret
  inqud-hook send 3000/webhooks --curl

\`inqud-hook events\` lists what can be sent.
With --tamper any 4xx is the right answer; \`twice\` sends a wrong digest first,
and the right one second.

Exit codes: 0 every answer as expected · 1 not · 2 asked wrongly
            3 never connected · 130 interrupted`;

export function declareSend(program: Command, context: CommandContext): void {
  const command = program
    .command('send')
    .argument('<url>', 'your receiver: a URL, host:port or port')
    .description(SUMMARIES.send.does);
  withFlags(command, SEND_FLAGS)
    .addHelpText('after', EXAMPLES)
    .action(async (url: string, flags: SendFlags) => {
      const { send } = await import('./action.js');
      context.exitWith(await send(url, flags, context));
    });
}
