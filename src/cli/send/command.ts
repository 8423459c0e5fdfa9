import { type Command, Option } from 'commander';
import type { CommandContext } from '../context.js';
import { parseTimeLimit } from '../duration.js';
import { formatOption } from '../format.js';
import { wholeNumber } from '../numbers.js';
import { repeatable, withSecretOptions, withTargetOptions } from '../options.js';
import type { SendFlags } from './flags.js';

/** Written out, because reading `webhook/` would slow `--help` down; a test holds them together. */
const TAMPERINGS =
  'other-secret body truncated sha256 base64 uppercase prefix missing empty twice'.split(' ');

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
    .description('Sign one event and fire it at your receiver.')
    .optionsGroup('What is sent:')
    .option('--event <kind.status>', 'a sample event (checkout.success)')
    .option('--set <path=value>', 'change a field of it, repeatable', repeatable)
    .option('--body <@file or ->', 'your own body instead, byte for byte')
    .option('--unsigned', 'send no digest')
    .addOption(new Option('--tamper <how>', 'sign it wrongly on purpose').choices(TAMPERINGS))
    .option('--seed <text>', 'the same bytes again (drawn when absent)')
    .optionsGroup('How:')
    .option('--count <n>', 'how many, each of a fresh resource', wholeNumber(1, 10_000_000), 1)
    .option('--same', 'the same event every time, with --count')
    .option('--concurrency <n>', 'in flight at once', wholeNumber(1, 1_024), 1)
    .option('--timeout <duration>', 'time to answer (10s)', parseTimeLimit)
    .option('--expect-status <status>', 'the right answer (200)', wholeNumber(100, 599))
    .option('--dry-run', 'print the exact request, send nothing')
    .option('--curl', 'print a curl command for it, send nothing')
    .addOption(formatOption())
    .optionsGroup('Target and secret:')
    .addHelpText('after', EXAMPLES);
  withSecretOptions(withTargetOptions(command)).action(async (url: string, flags: SendFlags) => {
    const { send } = await import('./action.js');
    context.exitWith(await send(url, flags, context));
  });
}
