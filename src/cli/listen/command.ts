import type { Command } from 'commander';
import { parseByteSize } from '../byte-size.js';
import type { CommandContext } from '../context.js';
import { parseDuration } from '../duration.js';
import { formatOption } from '../format.js';
import { parseRate, wholeNumber } from '../numbers.js';
import { repeatable, withSecretOptions } from '../options.js';
import type { ListenFlags } from './flags.js';

const DEFAULT_PORT = 8787;
const DEFAULT_OUT = 'inqud-hook-captures.ndjson';
const HIGHEST_PORT = 65_535;
const MOST_CONNECTIONS = 10_000;
const MOST_FORWARDED = 64;
const MOST_REQUESTS = 1_000_000_000;

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
    .argument(
      '[port]',
      `the port to listen on; 0 picks one (${DEFAULT_PORT})`,
      wholeNumber(0, HIGHEST_PORT),
    )
    .description('Record web hooks byte for byte, and answer once they are on disk.')
    .optionsGroup('What is recorded, and where:')
    .option('--out <file>', 'the capture file', DEFAULT_OUT)
    .option('--fsync', 'acknowledged requests survive a power cut too')
    .option('--path <path>', 'only this path, others get 404, repeatable', repeatable)
    .option('--method <method>', 'only this method, others get 405, repeatable', repeatable)
    .option('--redact-to <file>', 'a second file, to show to others')
    .option(
      '--redact <path>',
      'replaced there: a body field or headers.Name, repeatable',
      repeatable,
    )
    .optionsGroup('How it answers:')
    .option('--respond <statuses>', 'in turn, the last one goes on: 500,500,200', parseStatuses)
    .option('--respond-from <file>', 'the same from JSON: status, headers, body, delayMs')
    .option('--delay <duration>', 'wait before answering', parseDuration)
    .option('--drop-connection <rate>', 'close this share without an answer', parseRate)
    .option('--seed <text>', 'which ones (drawn when absent)')
    .optionsGroup('Forwarding:')
    .option('--forward-to <url>', 'pass on what is stored, in the background')
    .option('--backoff <schedule>', 'exponential (default), published, or a list: 1m,5m,30m')
    .option(
      '--forward-concurrency <n>',
      'more than one gives up the order',
      wholeNumber(1, MOST_FORWARDED),
      1,
    )
    .option('--allow-remote', 'let the target be another machine')
    .option('--insecure', 'take any TLS certificate of it')
    .optionsGroup('Bounds and end:')
    .option('--host <host>', 'listen on this address', '127.0.0.1')
    .option('--max-body <size>', 'larger ones get 413 (10MiB)', parseByteSize)
    .option(
      '--max-connections <n>',
      'more get 503 when all are busy (1024)',
      wholeNumber(1, MOST_CONNECTIONS),
    )
    .option('--request-timeout <duration>', 'slower ones get 408 (30s)', parseDuration)
    .option('--count <n>', 'end after this many requests', wholeNumber(1, MOST_REQUESTS))
    .option('--for <duration>', 'end after this time', parseDuration)
    .addOption(formatOption())
    .optionsGroup('Secret, for checking digests:')
    .addHelpText('after', EXAMPLES);
  withSecretOptions(command).action(async (port: number | undefined, flags: ListenFlags) => {
    const { listen } = await import('./action.js');
    context.exitWith(await listen(port ?? DEFAULT_PORT, flags, context));
  });
}

function parseStatuses(text: string): readonly number[] {
  return text.split(',').map(wholeNumber(200, 599));
}
