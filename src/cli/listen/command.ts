import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { parsePort } from '../numbers.js';
import { SUMMARIES } from '../summaries.js';
import { withFlags } from '../with-flags.js';
import { DEFAULT_OUT, LISTEN_FLAGS, type ListenFlags } from './flags.js';

const DEFAULT_PORT = 8787;

const EXAMPLES = `
Examples:
  inqud-hook listen
      records what comes to http://127.0.0.1:${DEFAULT_PORT} in ${DEFAULT_OUT}
  inqud-hook listen 0 --count 3 --for 1m --format ndjson
      for a test: picks a port, says it, ends after three requests or a minute
  inqud-hook listen --forward-to 3000/webhooks/inqud --fsync
      stores, answers 200, then passes on until your receiver answers 200
  inqud-hook listen --respond 500,500,200 --delay 2s
      for testing a sender
  inqud-hook listen --redact-to shareable.ndjson --redact payer.email \\
      --redact headers.Authorization

A request is answered once it is in the file. The file is added to, and one
listener at a time writes to it. Forwarding is done at least once: 200 ends it,
anything else is retried on the schedule; <out>.forwarded remembers how far it
came, also past Ctrl-C. Only POSTs are forwarded.
Exit codes: 0 ended by --count or --for · 1 a digest was wrong or missing
            although a secret is given, or forwarding lost something
            2 asked wrongly · 3 too few, or nothing, came in time · 130 Ctrl-C`;

export function declareListen(program: Command, context: CommandContext): void {
  const command = program
    .command('listen')
    .argument('[port]', `the port to listen on; 0 picks one (${DEFAULT_PORT})`, parsePort)
    .description(SUMMARIES.listen.does);
  withFlags(command, LISTEN_FLAGS)
    .addHelpText('after', EXAMPLES)
    .action(async (port: number | undefined, flags: ListenFlags) => {
      const { listen } = await import('./action.js');
      context.exitWith(await listen(port ?? DEFAULT_PORT, flags, context));
    });
}
