import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { SUMMARIES } from '../summaries.js';
import { withFlags } from '../with-flags.js';
import { REPLAY_FLAGS, type ReplayFlags } from './flags.js';

const EXAMPLES = `
Examples:
  inqud-hook replay captures.ndjson 3000/webhooks/inqud
  inqud-hook replay captures.ndjson 3000 --only checkout.success --dry-run
  inqud-hook replay production.har 3000/webhooks --resign --fresh-ids
      to a receiver with another secret that has seen these ids already
  inqud-hook replay captures.ndjson.gz 3000 --order shuffle --seed 7 --chaos
  inqud-hook replay captures.ndjson 3000/webhooks --speed 60
      an hour of the original in a minute

A capture is what listen records, or any file that verify reads; - is standard
input. Bodies and headers go out as they came, but for Host, Content-Length and
what belongs to a connection. Requests of one resource keep their order;
--concurrency 1 keeps it for all. Without --speed everything is due at once;
with it the original times count, for the faults too.

--only takes an event, a kind, an id or the start of one, or a verdict: genuine,
rejected, unsigned (which takes the secret). Words of one sort widen the
selection, words of another narrow it. --resign puts the new digest in the place
of the old one; the secret is the one given below, unless --resign-env or
--resign-file names another. --fresh-ids renames UUIDs, addresses, transactions
and merchant references, the same everywhere, and leaves all else in a body.

Exit codes: 0 all acknowledged · 1 something was lost
            2 asked wrongly, or something malformed
            3 never connected, or nothing to replay · 130 interrupted`;

export function declareReplay(program: Command, context: CommandContext): void {
  const command = program
    .command('replay')
    .argument('<capture>', 'captured web hooks, gzip or not; - is standard input')
    .argument('[url]', 'your receiver: a URL, host:port or port; none starts a built-in one')
    .description(SUMMARIES.replay.does);
  withFlags(command, REPLAY_FLAGS)
    .addHelpText('after', EXAMPLES)
    .action(async (capture: string, url: string | undefined, flags: ReplayFlags) => {
      const { replay } = await import('./action.js');
      context.exitWith(await replay(capture, url, flags, context));
    });
}
